"""Catalogues with time: administrative units, agencies, procedures. Names as printed are kept; these explain them."""

from dossier.catalogues.agencies import Agency, agency_named, agency_of_code, agency_today
from dossier.catalogues.procedures import Procedure, read_procedures
from dossier.catalogues.units import AdminUnit, Gazetteer, Level, gazetteer

__all__ = [
    "AdminUnit",
    "Agency",
    "Gazetteer",
    "Level",
    "Procedure",
    "agency_named",
    "agency_of_code",
    "agency_today",
    "gazetteer",
    "read_procedures",
]
