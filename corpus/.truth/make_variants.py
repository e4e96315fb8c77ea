#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the documents that are variants of others: copies, encodings, edits.

Run when an original has changed, then make_truth.py. The variants are committed,
so nobody else needs this script. It says exactly how each differs.
"""

import pathlib
import struct
import textwrap
import unicodedata
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def read(path):
    return (ROOT / path).read_bytes().decode("utf-8")


def write(path, data):
    if isinstance(data, str):
        data = data.encode("utf-8")
    (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
    (ROOT / path).write_bytes(data)


def edit(text, replacements):
    for old, new in replacements:
        if text.count(old) != 1:
            raise SystemExit(f"stands {text.count(old)} times, not once: {old!r}")
        text = text.replace(old, new)
    return text


def tiny_png(size=16):
    """A chequerboard in grey, as a PNG file."""
    rows = b"".join(b"\0" + bytes(255 * ((x // 4 + y // 4) % 2) for x in range(size))
                    for y in range(size))

    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data +
                struct.pack(">I", zlib.crc32(name + data)))

    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
            chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def press():
    release = read("press/kestrel-bay-release.txt")
    wire = edit(release, [
        ("FOR IMMEDIATE RELEASE\n\n", ""),
        ("Corran Tidal and the Town of Kestrel Bay Agree on Floating Turbine Array",
         "Kestrel Bay signs for twelve floating tidal turbines"),
        ("KESTREL BAY, 14 May - ", "KESTREL BAY (Arrin News Agency) - "),
        ("\nPress contact: Isla Penrose, Corran Tidal, Kestrel Bay\n", ""),
    ])
    write("press/agency-wire.txt", wire)
    gazette = edit(wire, [
        ("Kestrel Bay signs for twelve floating tidal turbines\n",
         "Our tide, our turbines: the cannery comes back to life\n\nFrom the Harbour Gazette\n"),
        ("KESTREL BAY (Arrin News Agency) - ", ""),
        ("No divers and no crane ships are needed.", "Neither divers nor crane ships are needed."),
        ("its current reaches four metres a second at spring tides",
         "its current reaches four metres a second at springs"),
        ("Seals were counted before and after", "The seals were counted before and after"),
    ])
    write("press/harbour-gazette.txt", gazette)


def copies():
    lift = read("reports/lift-inspection.txt")
    write("archive/halloran-house-lift-2.txt", lift)
    write("odd/untitled-2.txt", lift)
    write("letters/enclosure-for-edith.txt", read("recipes/plum-dumplings.txt"))


def same_text():
    letter = read("letters/to-the-editor.txt")
    write("letters/to-the-editor-wrapped.txt", "\n\n".join(
        textwrap.fill(p, 48, break_on_hyphens=False) for p in letter.split("\n\n")) + "\n")
    write("letters/to-the-editor-capitals.txt", letter.upper())
    lamps = read("wiki-pages/lamplighters.txt")
    parts = lamps.replace("'", "\u2019").split('"')
    curly = "".join(p + ("", "\u201c", "\u201d")[0 if i + 1 == len(parts) else 1 + i % 2]
                    for i, p in enumerate(parts))
    write("wiki-pages/lamplighters-typeset.txt",
          curly.replace("; it", " \u2013 it").replace(", and", " \u2014 and"))
    museum = read("encodings/herring-museum-utf8.txt")
    write("encodings/herring-museum-utf16le.txt", b"\xff\xfe" + museum.encode("utf-16-le"))
    write("encodings/herring-museum-utf8-bom.txt", b"\xef\xbb\xbf" + museum.encode("utf-8"))
    write("encodings/herring-museum-crlf.txt", museum.replace("\n", "\r\n"))
    bakery = read("encodings/boulangerie-utf8.txt")
    write("encodings/boulangerie-windows-1252.txt", bakery.encode("windows-1252"))
    write("encodings/boulangerie-nfd.txt", unicodedata.normalize("NFD", bakery))


def longer_pages():
    comments = (ROOT / ".truth/parts/squeaky-hinges-comments.txt").read_text(encoding="utf-8")
    write("forum/squeaky-hinges-with-comments.txt", read("forum/squeaky-hinges.txt") + comments)
    write("wiki-pages/salt-road-printed.txt", read("wiki-pages/salt-road.txt") +
          "\nPrinted from the Praskau Local History Pages. Last changed by Emmerich, "
          "two corrections waiting.\n")
    sections = read("reports/canteen-review.txt").rstrip("\n").split("\n\n")
    title, food, queue, room, money = sections
    write("reports/canteen-review-board.txt",
          "\n\n".join([title, money, queue, food, room]) + "\n")


def near_duplicates():
    write("translations/ja-eki-kiji.txt", edit(read("translations/ja-eki.txt"), [
        ("海の見える無人駅\n", "海の見える無人駅を訪ねて\n"),
        ("毎朝四時に起きて", "毎朝三時半に起きて"),
        ("三十年前に亡くなった夫", "二十年前に亡くなった夫"),
        ("遠くから来た人たち", "遠くから来た客"),
    ]))
    write("translations/th-talat-khao.txt", edit(read("translations/th-talat.txt"), [
        ("มาสี่สิบปีแล้ว", "มากว่าสี่สิบปีแล้ว"),
        ("ปีที่แล้วครูโรงเรียนวัด", "เมื่อต้นปีครูโรงเรียนวัด"),
        ("นักท่องเที่ยวเห็นแล้ว", "คนที่ผ่านมาเห็นแล้ว"),
        ("เด็กสาวสองคน", "หลานสาวสองคน"),
    ]))
    write("translations/ar-maktaba-sahifa.txt", edit(read("translations/ar-maktaba.txt"), [
        ("قبل شروق الشمس، ", ""),
        ("سبع قرى", "ثماني قرى"),
        ("مكتبة على ظهر حمار\n", "حكاية من الجبل: مكتبة على ظهر حمار\n"),
    ]))


def odd():
    write("odd/empty.txt", b"")
    write("odd/chequerboard.png", tiny_png())
    essay = (ROOT / ".truth/parts/essay.txt").read_text(encoding="utf-8")
    write("odd/one-long-line.txt", essay.strip())
    damaged = (ROOT / ".truth/parts/apothecary.txt").read_bytes()
    for place, bad in [("сказала, ", b"\xff"), ("Паук весит", b"\xfe\xff"), ("Герань, ", b"\xc0")]:
        damaged = damaged.replace(place.encode(), place.encode() + bad, 1)
    write("odd/bad-bytes.txt", damaged)


for step in (press, copies, same_text, longer_pages, near_duplicates, odd):
    step()
