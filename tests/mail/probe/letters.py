"""A reminder without an occasion."""

from mail.kinds import Content, kind


@kind("probe-reminder", label="Påminnelse")
def reminder(letter, at):
    return Content(f"Kystrådet: påminnelse {letter.about}", ["Svar innen fristen."], address="http://localhost/my/")
