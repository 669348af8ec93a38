"""The rules a Norwegian board cites when it withholds something, closes a meeting or finds someone disqualified (P9).

Both acts on administrative procedure stand here: the one of 1967 applies until the one of 2025 enters into force, on
days that were not known when this was written. Whoever keeps the installation fills them in.
"""

from django.db import migrations

DUTY, CHOICE = True, False
BASES = [
    (
        "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 1",
        "Taushetsplikt: noens personlige forhold",
        DUTY,
    ),
    (
        "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 2",
        "Taushetsplikt: forretningshemmeligheter",
        DUTY,
    ),
    ("offentleglova § 14 første ledd", "Dokumenter utarbeidet for egen saksforberedelse", CHOICE),
    ("offentleglova § 15 første ledd", "Dokumenter innhentet utenfra for intern saksforberedelse", CHOICE),
    ("offentleglova § 23 første ledd", "Det offentliges forhandlingsposisjon", CHOICE),
    ("offentleglova § 23 tredje ledd", "Tilbud og protokoll til valg av leverandør er gjort", CHOICE),
    ("offentleglova § 24 første ledd", "Kontroll- og reguleringstiltak", CHOICE),
    ("offentleglova § 24 andre ledd", "Anmeldelse, rapport og annet om lovbrudd", CHOICE),
    ("offentleglova § 25 første ledd", "Tilsetting og forfremmelse i offentlig tjeneste", CHOICE),
    ("offentleglova § 26 første ledd", "Svar til eksamen eller lignende prøve", CHOICE),
    ("offentleglova § 26 andre ledd", "Innstilling til priser og hedersbevisninger", CHOICE),
    ("kommuneloven § 11-5 andre ledd bokstav a", "Lukket møte: en arbeidstakers tjenstlige forhold", DUTY),
    ("kommuneloven § 11-5 andre ledd bokstav b", "Lukket møte: opplysninger under taushetsplikt", DUTY),
    ("kommuneloven § 11-5 tredje ledd bokstav a", "Lukket møte: hensynet til personvern", CHOICE),
    ("kommuneloven § 11-5 tredje ledd bokstav b", "Lukket møte: tungtveiende offentlige interesser", CHOICE),
    ("forvaltningsloven § 6 første ledd", "Inhabilitet: tilknytning til saken eller en part", DUTY),
    ("forvaltningsloven § 6 andre ledd", "Inhabilitet: andre særegne forhold", DUTY),
    ("forvaltningsloven (2025) § 25", "Inhabilitet etter loven av 2025", DUTY),
    ("forvaltningsloven (2025) § 31", "Taushetsplikt om personlige forhold etter loven av 2025", DUTY),
    ("forvaltningsloven (2025) § 32", "Taushetsplikt om forretningshemmeligheter etter loven av 2025", DUTY),
]


def cite(apps, schema_editor) -> None:
    """Every rule stands once; what an installation has written itself is left as it is."""
    basis = apps.get_model("boards", "LegalBasis")
    for citation, title, is_duty in BASES:
        basis.objects.get_or_create(citation=citation, defaults={"title": title, "is_duty": is_duty})


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial")]
    operations = [migrations.RunPython(cite, migrations.RunPython.noop)]
