"""The bank in other programs' formats: Anki, Moodle XML, GIFT and CSV. Text is escaped in each.

Pure functions of questions and their unit; the caller decides which questions (approved ones) are handed over.
"""

from talkthrough.question_bank.exchange.anki import to_apkg
from talkthrough.question_bank.exchange.gift import to_gift
from talkthrough.question_bank.exchange.moodle import to_moodle_xml
from talkthrough.question_bank.exchange.table import to_csv
from talkthrough.question_bank.exchange.table_import import CsvImport, from_csv

__all__ = ["CsvImport", "from_csv", "to_apkg", "to_csv", "to_gift", "to_moodle_xml"]
