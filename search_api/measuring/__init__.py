"""What the server counts and times: numbers for `/metrics`, and the log of slow questions."""

from search_api.measuring.counting import Counting
from search_api.measuring.measured_index import MeasuredIndex
from search_api.measuring.measures import Measures
from search_api.measuring.slow_log import SlowLog, prepare_slow_log

__all__ = ["Counting", "MeasuredIndex", "Measures", "SlowLog", "prepare_slow_log"]
