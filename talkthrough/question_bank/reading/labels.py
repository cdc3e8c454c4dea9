"""The fixed words of unit specifications: section labels, field labels, stems and numbers."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import pairwise


class Section(Enum):
    """Where in a unit a line stands."""

    FRONT = auto()
    OUTCOMES = auto()
    GUIDANCE = auto()
    EVIDENCE = auto()
    CONTENT = auto()
    DETAILS = auto()  # of one criterion, under its number
    ASSESSMENT = auto()
    RESOURCES = auto()
    PROSE = auto()


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})", re.IGNORECASE)


SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    (
        Section.OUTCOMES,
        _any_of(
            r"(?:unit )?(?:learning )?outcomes?(?: and assessment criteria)?",
            r"learning outcomes?,? (?:(?:and|/|&) )?assessment criteria",
            r"(?:unit )?assessment criteri(?:a|on)",
            r"elements?(?: of competence)?(?: and performance criteria)?",
            r"outcomes? and performance criteria",
            r"performance criteria",
        ),
    ),
    (
        Section.EVIDENCE,
        _any_of(
            r"evidence(?: for this \w+)? (?:may|can|could) be (?:supplied|provided|presented)(?: by)?",
            r"evidence(?: for this \w+)? (?:may|can|could) (?:include|come from|consist of)",
            "by",
        ),
    ),
    (
        Section.GUIDANCE,
        _any_of(
            r"(?:assessment|tutor|assessor|additional) guidance",
            "range",
            r"range statements?",
            r"guidance(?: on (?:the )?assessment criteria)?",
        ),
    ),
    (
        Section.CONTENT,
        _any_of(r"(?:(?:unit|indicative|essential|teaching|learning|taught) )?content", "what needs to be learnt"),
    ),
    (
        Section.PROSE,
        _any_of(
            r"unit introduction",
            r"(?:knowledge|learner|learning|revision) checklist",
            r"version (?:log|history|control)|change history|unit mapping information|planned review date.*",
            r"status information.*",
            r"(?:entry requirements|qualifications|english and maths|foundation skills)",
            r".{0,40}support notes",
            r"guidance for delivery|(?:teacher|delivery|marking) guidance",
            "introduction",
            r"(?:essential )?(?:guidance|information|notes) for (?:tutors|teachers|assessors|centres|learners)",
            r"(?:outline )?(?:delivery|teaching)(?: (?:guidance|notes|strategy"
            r"|strategies|advice|methods))?(?: and assessment)?",
            r"(?:sample|example|suggested|typical|possible|knowledge|oral"
            r"|review) (?:assessment )?questions?(?: list| bank)?",
            r"questions? (?:list|bank)",
            r"(?:outline|suggested) (?:learning plan|scheme of work|programme of (?:suggested )?assignments)",
            r"(?:employer|business) engagement.{0,40}",
            r"links? (?:to|with) .{3,60}",
            r"(?:evidence|assessment|observation|candidate|learner|unit) (?:record|recording|summary"
            r"|tracking|sign[- ]?off)(?: sheet| form| log)?",
            r"(?:essential|further) information(?: for .{3,60})?",
            r"(?:assessor|learner|candidate) (?:declaration|feedback|comments?)",
            "grading",
            r"(?:occupation(?:al)? )?duties",
            "grading descriptors",
        ),
    ),
    (
        Section.ASSESSMENT,
        _any_of(
            "assessment",
            r"(?:unit )?assessment (?:methods?|strategy|requirements?|notes|conditions?|information|principles)",
            r"(?:methods?|mode|modes) of assessment",
            r"evidence (?:requirements?|required)(?: (?:for|of) (?:this|the) \w+)?",
        ),
    ),
    (
        Section.RESOURCES,
        _any_of(
            r"(?:indicative|essential|suggested|learning|physical|key|further|special"
            r"|useful)? ?(?:resources?|resource materials|reading(?: list)?)"
            r"(?: for (?:tutors|learners|teachers))?",
            "books",
            "textbooks",
            "journals",
            "websites?",
            "bibliography",
            "further reading",
        ),
    ),
    (
        Section.FRONT,
        _any_of(
            r"additional information(?: about (?:the|this) unit)?", r"unit (?:details|summary|information|overview)"
        ),
    ),
)

FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, _any_of(*patterns))
    for name, *patterns in (
        ("title", "(?:unit )?title", "unit name", "unit standard title", "title of unit standard"),
        ("number", r"skills cfa reference(?: no\.?| number)?", "unit (?:no|number)", "unit code"),
        (
            "reference",
            "uan",
            r"(?:ofqual )?unit reference(?: no| number)?",
            "urn",
            "saqa us id",
            "unique reference number",
            "unit accreditation number",
            r"ofqual (?:reference|ref|number|code|unit reference)(?: no| number)?",
            r"(?:unit )?(?:ref|reference)(?: no| number)?",
            "national reference",
        ),
        ("level", r"(?:qcf |rqf |nqf |unit |qualification )?level(?: of unit)?"),
        ("credit_value", r"(?:qcf |unit )?credits?(?: value)?"),
        ("glh", "glh", r"guided learning(?: hours)?(?: \(glh\))?", r"recommended glh"),
        ("tqt", "tqt", "total (?:qualification|unit) time(?: \\(t[qu]t\\))?", "nlh", "notional learning hours?"),
        (
            "aim",
            r"(?:unit )?(?:aims?|purpose)",
            r"unit purpose and aim\(s\)",
            r"(?:unit )?(?:purpose and aims?|aims? and purpose)(?:\(s\))?",
        ),
        ("awarding_body", r"awarding (?:body|organisation|organization)"),
        ("issuer", r"name of the organisation submitting the unit", r"(?:published|issued) by"),
        ("nos", r"relationship to nos", r"(?:links? to|mapping to) (?:nos|national occupational standards?)"),
        ("status", r"(?:document )?status"),
        ("expiry", r"unit expiry date", "expiry date", r"(?:planned |unit )?(?:review|operational start|end) date"),
        (
            "endorsement",
            (
                r"assessment requirements(?: or guidance)? specified by a sector or regulatory body"
                r"(?: \(if appropriate\))?"
            ),
        ),
        (
            "other",
            r"details of the relationship between the unit and relevant .{0,120}",
            r"support for the unit from .{0,80}",
            r"location of the unit within .{0,80}",
            r"availability for use",
            r"unit available from",
            r"unit type",
            r"grading(?: (?:structure|type|scale))?",
            r"(?:unit )?(?:sector|subject)(?: area)?",
            r"version(?: number)?",
            r"(?:type of )?delivery mode",
            r"ssa",
        ),
    )
)
STEM = re.compile(
    r"(?:(?:learning outcomes?|assessment criteri(?:a|on)|outcomes?|criteria)\s*[-–—:(.]\s*)?"
    r"(?:to (?:meet|achieve|reach) (?:the|this) (?:standard|outcome|unit|element),?\s+)?"
    r"(?:when awarded credit for this unit,?\s+|assessment of this learning outcome will require (?=a learner))?"
    r"(?:(?:on|by|upon|at|after) (?:the )?(?:successful )?(?:completion|completing"
    r"|the end) (?:of )?(?:this|the) (?:unit|module|programme)[,:]?\s+)?"
    r"(?:(?:the|a|each|all)\s+)?(?:learners?|candidates?|students?|apprentices?|trainees?|workers?|employees?|you)\s+"
    r"(?:(?:will be able to|must be able to|should be able to|to demonstrate that (?:they"
    r"|he/she) can|will|can|should|must|is able to)\b\s*\)?"
    r"\s*(?:[:…]|\.\.\.|$)[\s*]*"
    r"|will\s+(?=(?:understand|know|be able to)\b))",
    re.IGNORECASE,
)
STEM_AT_END = re.compile(
    r"\s+(?:(?:the|a|each)\s+)?(?:learners?|candidates?|students?)\s+"
    r"(?:will be able to|must be able to|can|will)\s*[:…]?$",
    re.IGNORECASE,
)
NEEDS_TO_KNOW = re.compile(
    r"(?:(?:the|a|each)\s+)?(?:learners?|candidates?|students?|you)\s+(?:needs?|are expected|is expected) to "
    r"(?:know|understand|be able to|be aware of|include|cover)(?: and understand)?\s*(?:about)?\s*[:…]",
    re.IGNORECASE,
)
WITHOUT_MEANING = frozenset({"scope of content", "topics", "topic", "unit specification"})
CODE_ALONE = re.compile(
    r"(?:(?:AC|LO|P|M|D|K|S|B|[A-F]"
    r"|\d?[A-F]{1,2})?\.?\d{0,2}[PMDKSB]?\d{1,2}(?:\.\d{1,2}){0,2}|\d{1,2}(?:\.\d{1,2}){0,2})[.:)]?",
    re.IGNORECASE,
)
CODED = re.compile(
    r"(?:(?:\d?[A-F]{0,2}\.?[PMD]|[KSB])\d{1,3}(?:\.\d{1,2})?|\d{1,2}\.\d{1,2}[a-z])[.:)]?(?:\s*[-–—]\s*|\s+)\S"
)
SELF_QUESTION = re.compile(r"(?:can|do|am|have|did|could) I\b|I (?:can|am able to)\b", re.IGNORECASE)
CODED_STATEMENT = re.compile(
    r"((?:\d?[A-F]{0,2}\.?[PMD]|[KSB])\d{1,3})[.:)]?(?:\s*[-–—]\s*|\s+)([A-Za-z].*)", re.DOTALL
)
UNIT_HEADING = re.compile(
    r"unit\s+(?:no\.?\s+|number\s+)?([A-Z&]{0,6}[ -]?\d{1,5}(?:[./]\d{1,3})?[A-Za-z]?)(?:\s*[-–—:.|]\s*|\s+|$)(.*)",
    re.IGNORECASE,
)
CRITERION = re.compile(
    r"(?:(?:AC|A\.C\.|LO|assessment criteri(?:on|a)|criterion)\s*|\d{1,2}[.)]\s+(?=\d{1,2}\.\d{1,2}\s+[A-Z]))?"
    r"[(\[]?(\d{1,2}\.\d{1,2})(?![\d%]|\.\d|[a-z][.:)]?\s)[)\]]?[.:)]?"
    r"(?:\s*[-–—]\s+|\s+|$|(?=[A-Za-z]))(.*)",
    re.IGNORECASE | re.DOTALL,
)
OUTCOME = re.compile(
    r"(?:LO\s*|learning outcome\s*|outcome\s*)?(\d{1,2})(?!\.\d)[.:)]?\s+[-–—:]?\s*(\S.*)", re.IGNORECASE | re.DOTALL
)
CERTAIN_OUTCOME = re.compile(
    r"(?:learning outcome|lo|performance outcome"
    r"|outcome)\s*(?:no\.?\s*)?(\d{1,2})\b(?!\.\d)\s*[-–—:.)]*\s*(?![,;]|and\b|to\b|or\b|[a-z]+s\b)(.*)",
    re.IGNORECASE | re.DOTALL,
)
OUTCOME_STEM = re.compile(r"(?:to )?(?:understand|know|be able to|be aware|demonstrate)\b", re.IGNORECASE)
CRITERION_WITHIN = re.compile(
    r"(?<!\b[Vv]ersion)(?<!\b[Ii]ssue)(?<!\b[Ss]ection)(?<!\b[Tt]able)(?<!\b[Ff]igure)\s(\d{1,2}\.\d{1,2})(?:\s+(?=\S))"
)
_NUMBER = r"(?:\d{1,2}\.\d{1,2}|\d?[A-F]{0,2}\.?[PMDKSB]\d{1,2})"
CRITERION_GUIDANCE = re.compile(
    r"(?:(?:guidance|notes?|evidence|range)\s+)?(?:for|in|to (?:meet|achieve))\s+"
    r"(?:(?:assessment\s+)?criteri(?:on|a)\s+|acs?\s*)?"
    rf"({_NUMBER}(?:(?:\s*(?:,|&|[-–]|\band\b|\bto\b))+\s*{_NUMBER})*)[,:;]?\s+(?=\S)",
    re.IGNORECASE,
)
NUMBER_RANGE = re.compile(r"(\d{1,2})\.(\d{1,2})\s*(?:[-–]|to)\s*\1\.(\d{1,2})")
BARE_FIELD = re.compile(
    r"((?:qcf |rqf |unit )?level|credits?(?: value)?|glh"
    r"|guided learning hours?(?: \(glh\))?)\s+(\d{1,4}|entry(?: level)?(?: \d)?|one|two|three|four|five)"
    r"|((?:unit |ofqual )*reference(?: number| no\.?)?|uan|urn)\s+([A-Z]/\d{3}/\d{4})",
    re.IGNORECASE,
)
STATEMENT_HEAD = re.compile(r"(?:.{0,20} )?(?:statements?|descriptions?|criteri(?:a|on)|requirements?)", re.IGNORECASE)
CONTENTS_ENTRY = re.compile(r".*(?:\.{3,}|…{2,}|(?:\. ){3,})\s*\d{1,4}", re.DOTALL)
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*\|\s*page"
    r"|page\s*\|\s*\d{1,4}|(?:https?|file)://\S+\s+\d{1,4}/\d{1,4}"
    r"|\S.{2,90}\s{3,}page\s\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
TABLE_HEAD = re.compile(
    r"(?:evidence|portfolio|page|assessor|learner|tutor|ksb|ac|lo|criteri(?:on|a)|unit)?\s*"
    r"(?:ref(?:erence)?s?|no\.?|number|code|date|signature|initials|signed|comments?|type"
    r"|statements?|page|tick|description|met|location)"
    r"|ac|lo|methods?|evidence|(?:unit )?amplification|exemplification|notes?|date|mapping"
    r"|assessment methods?|indicative content|content|examples?",
    re.IGNORECASE,
)
WIDE_GAP = re.compile(r"\t| {3,}")
FIELD_WITHIN = re.compile(
    r"(?<=\S)\s+(?=\S)((?:(?:unit|qcf|rqf) )?(?:level|credits?(?: value)?|glh|guided learning hours?|tqt|code|id"
    r"|reference(?: number)?)(?::|(?<=\S) {3,}(?=\S)))",
    re.IGNORECASE,
)
NOTE = re.compile(r"(?:please )?(?:note|nb|n\.b\.)\b\s*[:.–-]?\s*", re.IGNORECASE)


LONGEST_FIELDS = 240  # characters of a line with several fields
LONGEST_SECTION_LABEL, LONGEST_FIELD_LABEL = 90, 200


def key(text: str) -> str:
    """A label without its decoration: "**Learning outcome:**" -> "learning outcome"."""
    return " ".join(text.strip().strip("*:.–—- \t").split()).casefold()


def section_of(text: str) -> Section | None:
    """The section that a label begins; None where the text is no label."""
    wanted = key(text)
    if len(wanted) > LONGEST_SECTION_LABEL:
        return None
    return next((section for section, pattern in SECTIONS if pattern.fullmatch(wanted)), None)


def field_of(text: str) -> tuple[str, str] | None:
    """The field's name and the value printed on the same line ("" where it follows): "Level: 4" -> ("level", "4")."""
    bare = BARE_FIELD.fullmatch(text.strip())
    label, colon, value = (
        (bare.group(1) or bare.group(3), ":", bare.group(2) or bare.group(4)) if bare else _label_and_value(text)
    )
    wanted = key(label)
    if len(wanted) > LONGEST_FIELD_LABEL:
        return None
    if wanted == "unit" and re.match(r"\s*[A-Za-z]{3}", value):
        return "title", value.strip()
    for name, pattern in FIELDS:
        if pattern.fullmatch(wanted):
            return name, value.strip() if colon else ""
    return None


def _label_and_value(text: str) -> tuple[str, str, str]:
    """Parted by a colon, or by a wide gap as in a form ("Title          Milk goats")."""
    gap = WIDE_GAP.search(text)
    if gap and ":" not in text[: gap.start()]:
        return text[: gap.start()], ":", text[gap.end() :]
    return text.partition(":")


def parted_fields(text: str) -> list[str]:
    """Several fields on one line, each on its own: "Level: 2   Credit: 6" -> "Level: 2", "Credit: 6"."""
    if len(text) > LONGEST_FIELDS:
        return [text]
    parts = WIDE_GAP.split(text.strip())
    if len(parts) > 1 and all((field_of(part) or ("", ""))[1] for part in parts):
        return parts
    starts = [match.start(1) for match in FIELD_WITHIN.finditer(text) if field_of(match.group(1))]
    if not starts or field_of(text) is None:
        return [text]
    return [text[start:end].strip() for start, end in pairwise([0, *starts, len(text)])]


def without_stem(text: str) -> str | None:
    """What follows "The learner will:"; None where the text has no such stem."""
    match = STEM.match(text)
    return text[match.end() :].strip() if match else None


def numbered_criteria(text: str) -> int:
    """How many numbers like 1.1 start a criterion on this line."""
    statement = without_stem(text) or text
    if not (CRITERION.match(statement) or OUTCOME.match(statement)):
        return 0
    return len(CRITERION_WITHIN.findall(f" {statement} ")) or int(CRITERION.match(statement) is not None)


def criteria_named(text: str) -> tuple[str, ...]:
    """The numbers of the criteria that guidance begins with: "For 2.1 to 2.3, ..." -> 2.1, 2.2, 2.3."""
    match = CRITERION_GUIDANCE.match(text)
    numbers = match.group(1) if match else ""
    whole = NUMBER_RANGE.sub(lambda found: ",".join(_counted_up(*found.groups())), numbers)
    return tuple(re.findall(_NUMBER, whole))


def guidance_pieces(text: str) -> Iterator[str]:
    """A paragraph of guidance, parted where the next criterion is named: "For 1.3, ... For 2.1, ..." -> two."""
    starts = [match.start() for match in CRITERION_GUIDANCE.finditer(text) if _begins_sentence(text, match.start())]
    for start, end in pairwise([*starts, len(text)]):
        yield text[start:end].strip()


def _begins_sentence(text: str, place: int) -> bool:
    return not place or text[:place].rstrip()[-1:] in ".;"


def _counted_up(outcome: str, first: str, last: str) -> list[str]:
    return [f"{outcome}.{number}" for number in range(int(first), int(last) + 1)]


def is_structural(text: str) -> bool:
    """Whether a specification is made of such lines; they may come many times and are never page furniture."""
    return bool(
        section_of(text)
        or field_of(text)
        or CRITERION.match(text)
        or CODED.match(text)
        or UNIT_HEADING.fullmatch(text)
        or CERTAIN_OUTCOME.match(text)
        or without_stem(text) is not None
    )
