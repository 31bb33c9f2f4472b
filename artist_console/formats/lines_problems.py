"""What can be wrong with a file of lines. Apart from the library that finds it, which takes long to load."""

from __future__ import annotations

from artist_console.domain.problems import FileProblem


class LinesFileProblem(FileProblem):
    title_template = "The lines of a statement cannot be read: {reason}"
    advice_template = "They are fetched anew from the service; where there is none, import the file once more"


class LinesNeedMemory(LinesFileProblem):
    """The file may be sound: what is to be done with it does not fit into the memory given to that."""

    title_template = "The lines of a statement need more memory than they are given here"
    advice_template = (
        "Ask for fewer at a time: one work, one programme or a few months; split a file that you bring in"
    )
