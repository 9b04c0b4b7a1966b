"""Reading with small networks: find lines, cut them out, read them, put them in reading order."""

from ocr.engines.networks.engine import LineReading, TrueOcr
from ocr.engines.networks.greedy import Decoder, Greedy
from ocr.engines.networks.ink import gaps, is_light_on_dark
from ocr.engines.networks.models import INSTALL_NETWORKS, check_models, networks_installed

__all__ = [
    "INSTALL_NETWORKS",
    "Decoder",
    "Greedy",
    "LineReading",
    "TrueOcr",
    "check_models",
    "gaps",
    "is_light_on_dark",
    "networks_installed",
]
