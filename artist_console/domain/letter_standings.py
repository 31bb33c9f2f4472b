"""What is said of an artist's standing where works of one letter differ in it: each group for itself.

One sentence for all would say of controlled recordings that others exercise the rights, and another letter
about them the contrary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .letter_templates import Circumstances, Part, Template, WorksKind, parts_that_stand
from .letter_words import LetterWords
from .letter_works import ListedWork
from .parties import Standing
from .work_kinds import WorkKind

MOST_TITLES = 8  # above this a group is told by its number

_KINDS = {WorkKind.RECORDING: WorksKind.RECORDINGS, WorkKind.COMPOSITION: WorksKind.SONGS}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part that stands, below a heading where it is said of some works alone."""

    part: Part
    heading: str = ""


def paragraphs(
    template: Template, when: Circumstances, works: Sequence[ListedWork], words: LetterWords
) -> tuple[Paragraph, ...]:
    """The parts that stand, in order; those about standing once for each group of works that share one."""
    groups = _groups(works)
    if len(groups) < 2:
        return tuple(Paragraph(part) for part in parts_that_stand(template, when))
    found: list[Paragraph] = []
    are_told = False
    whole = {part.id: part for part in parts_that_stand(template, when)}
    for part in template.parts:
        if not part.when.standing:
            found += [Paragraph(part)] if part.id in whole else []
        elif not are_told:
            are_told = True
            for group in groups:
                found += _of_group(template, when, group, works, words)
    return tuple(found)


def _groups(works: Sequence[ListedWork]) -> list[tuple[ListedWork, ...]]:
    """Works by kind and standing, recordings first; one group where any standing is not given."""
    if any(work.standing is None for work in works):
        return [tuple(works)]
    order = [(kind, standing) for kind in _KINDS for standing in Standing]
    made = [tuple(w for w in works if (w.kind, w.standing) == key) for key in order]
    groups = [group for group in made if group]
    return groups if len({group[0].standing for group in groups}) > 1 else [tuple(works)]


def _of_group(
    template: Template,
    when: Circumstances,
    group: tuple[ListedWork, ...],
    works: Sequence[ListedWork],
    words: LetterWords,
) -> Iterator[Paragraph]:
    kind, standing = group[0].kind, group[0].standing
    assert standing is not None
    there = replace(when, standing=standing, works=_KINDS[kind])
    heading = _heading(group, works, words)
    for part in parts_that_stand(template, there):
        if part.when.standing:
            yield Paragraph(part, heading)


def _heading(group: Sequence[ListedWork], works: Sequence[ListedWork], words: LetterWords) -> str:
    kind = group[0].kind
    is_recording = kind is WorkKind.RECORDING
    if len(group) == sum(work.kind is kind for work in works):
        return words.of_recordings if is_recording else words.of_songs
    if len(group) > MOST_TITLES:
        some = words.of_some_recordings if is_recording else words.of_some_songs
        return some.format(count=len(group))
    twins = {work.title for work in works if work.kind is not kind}
    titles = []
    for work in group:
        name = words.version.format(title=work.title, version=work.version) if work.version else work.title
        quoted = words.quoted.format(title=name)
        # A song and its recording often bear the same title.
        shown = words.version.format(title=quoted, version=words.kinds[kind])
        titles.append(shown if work.title in twins else quoted)
    return words.of_titles.format(titles=words.listed_names(titles))
