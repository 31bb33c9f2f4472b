"""Titles of invented songs in several languages and scripts, and the versions they come in."""

from __future__ import annotations

from random import Random

# Two pools per tongue and the pattern that joins them.
_POOLS: dict[str, tuple[str, str, str]] = {
    "en": (
        "Quiet|Borrowed|Winter|Copper|Low|Second|Open|Blue|Drifting|Half|Salted|Early|Paper|Hollow|Slow|Northern",
        "Water|Letters|Window|Orchard|Signal|Harbour|Morning|Kitchen|Weather|Ladder|Thread|Garden|Engine|Coast",
        "{a} {b}",
    ),
    "en2": (
        "Neon|Midnight|Silver|Golden|Electric|Falling|Broken|Summer|Satellite|Velvet|Runaway|Crystal|Paradise|Echo",
        "Harbour|Hearts|Avenue|Machine|Horizon|Static|Tides|Parade|Motel|Skyline|Fever|Weekend|Radio|Gravity",
        "{a} {b}",
    ),
    "en3": (
        "Blues for|Waltz for|Letter to|Theme for|March of|Song for|Portrait of|Dance of|Road to|Prayer for",
        "Accra|Abena|the Ferryman|Osu Market|the Early Bus|Two Rivers|My Teacher|the Long Dry Season|Tamale|"
        "a Small Guitar|the Night Shift|Leo|Kumasi|the Last Row",
        "{a} {b}",
    ),
    "en4": (
        "Plum|Apple|Pear|Windfall|Cider|Grafted|Barn|Hornet|Ribbon|Tin|Wooden|Second-Hand|County|Attic",
        "Season|Machine|Weather|Ledger|Ghost|Parade|Telephone|Sister|Almanac|Holiday|Fence|Lullaby|Company|Moon",
        "{a} {b}",
    ),
    "sv": (
        "Vinter|Sommar|Natt|Sjö|Skogs|Silver|Kvälls|Stad|Höst|Regn|Ö|Gryning",
        "ljus|vägen|visan|sången|tåget|brevet|dansen|minnet|rummet|klockan",
        "{a}{b}",
    ),
    "no": (
        "Under|Over|Bak|Mot|Gjennom|Ved",
        "fjorden|brua|havet|vinduet|nordlyset|snøen|åsen|tidevannet",
        "{a} {b}",
    ),
    "pt": (
        "Canção|Barco|Rua|Janela|Maré|Noite|Carta|Vento|Luz|Saudade",
        "do Cais|da Ribeira|de Setembro|sem Nome|do Meu Avô|da Madrugada|de Papel|Antiga",
        "{a} {b}",
    ),
    "es": (
        "Luna|Marisma|Arena|Sal|Camino|Puerto|Farola|Golondrina|Verano|Espejo|Canto|Orilla",
        "de Invierno|del Sur|Perdida|sin Dueño|de la Abuela|y Ceniza|del Estero|en Calma|de Noche|Blanca",
        "{a} {b}",
    ),
    "fi": (
        "Talvi|Kesä|Yö|Meri|Suo|Kuu|Tuuli|Jää|Valo|Metsä|Aamu|Savu|Rauta|Kaupunki",
        "valssi|laulu|uni|raja|kone|tie|hetki|signaali|peili|silta|virta|kello|ikkuna",
        "{a}{b}",
    ),
    "nl": (
        "Zomer|Winter|Avond|Licht|Water|Regen|Glas|Zand|Nacht|Spiegel|Polder|Toren",
        "huis|lied|brug|straat|kamer|land|trein|tuin|vogel|haven|dijk|jas",
        "{a}{b}",
    ),
    "is": (
        "Hraun|Jökul|Vetrar|Sumar|Nætur|Sjávar|Vor|Fjalla|Þoku|Birki|Silfur|Norður",
        "ljóð|nótt|söngur|sund|garður|vindur|draumur|steinn|á|brú|hljóð|tjörn",
        "{a}{b}",
    ),
    "ja": (
        "夜の|春の|青い|遠い|小さな|最後の|雨の|冬の|透明な|忘れた|海辺の|七月の|静かな|白い",
        "灯台|電車|手紙|窓|約束|坂道|星座|喫茶店|写真|砂時計|風鈴|図書館|雪原|花束|地図",
        "{a}{b}",
    ),
    "ar": (
        "ليل|بحر|شتاء|نافذة|قمر|طريق|أغنية|رسالة|ظل|مطر",
        "المدينة|البعيد|بيروت القديمة|أمي|الياسمين|المساء|الغريب|الميناء|الصباح",
        "{a} {b}",
    ),
    "ur": ("شام|رات|چاند|خواب|بارش", "کی آواز|کا سفر|کے بعد|کا شہر|کی گلی", "{a} {b}"),
}

VERSIONS: tuple[str, ...] = ("Live", "Instrumental", "Acoustic", "Radio Edit", "Demo", "2019 Remaster")
REMIXERS: tuple[str, ...] = ("Kolme", "Night Depot", "Varjo", "Ada Quill")

# Titles of ordinary records around the single ones.
RELEASE_WORDS: dict[str, tuple[str, ...]] = {
    "en": ("Driftwood Hours", "Letters from the Pier", "The Long Thaw", "Window Songs", "Sound House"),
    "en2": ("Breakwater", "Two Lights", "Harbour Nights", "Afterglow Hotel", "Sleepless", "Signals", "Tidal"),
    "en3": ("Trio One", "Market Day", "Two Rivers Suite", "Live in the Back Room", "Quiet Fire"),
    "en4": ("Windfall", "Hornet Summer", "Ledger Lines", "Second-Hand Moon", "County Fair", "Almanac"),
    "sv": ("Vinterljus", "Kvällstidning", "Sju visor", "Hemväg"),
    "no": ("Tidevann", "Nord for alt", "Våre små båter"),
    "pt": ("Maré Alta", "Cartas", "Rua de Cima"),
    "es": ("Marismas", "Sal y Arena", "Doce Orillas", "Canto Bajo", "Verano Perdido"),
    "fi": ("Savu", "Jäävuodet", "Raja", "Metsän signaali", "Yökone", "Kuukello", "Valohetki"),
    "nl": ("Zomerhuis", "Glaswerk", "Polderlicht", "De Lange Brug", "Waterstad", "Avondjas"),
    "is": ("Hraunljóð", "Næturgarður", "Fjallabrú", "Þoka", "Sumarsund", "Vetrarhljóð"),
    "ja": ("七月の灯台", "透明な手紙", "冬の図書館", "青い電車", "夜の喫茶店", "小さな地図"),
    "ar": ("ليل المدينة", "رسائل", "نافذة على البحر"),
    "ur": ("شام کا سفر",),
}


def titles(tongue: str, random: Random) -> list[str]:
    """All titles that a tongue's pools make, in an order drawn by `random`; twice over with numbers."""
    first, second, pattern = _POOLS[tongue]
    made = [pattern.format(a=a, b=b) for a in first.split("|") for b in second.split("|")]
    random.shuffle(made)
    return made + [f"{title} II" for title in made]
