"""Checks the evidence in this folder with nothing but the Python standard library: python3 check.py

Read it before you run it; it is short, opens only the files beside it, and writes nothing.
"""

import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check(true, said):
    sys.stdout.write(("ok      " if true else "WRONG   ") + said + "\n")
    return bool(true)


def sums():
    """Every file is as it was when the folder was made."""
    for line in (HERE / "SHA256SUMS").read_text("ascii").splitlines():
        digest, name = line.split("  ", 1)
        file = HERE / name
        inside = HERE in file.resolve().parents
        yield check(inside and file.is_file() and sha256(file.read_bytes()) == digest, name)


def chain(said):
    """(number of a row, link) along the chain, from the first row that is disclosed to the head.

    A link is the SHA-256 of the link before and of the row's SHA-256, both written as 64 hexadecimal digits.
    """
    link = said["chain"]["before"]
    for number, digest in enumerate((HERE / "chain.txt").read_text("ascii").split(), said["chain"]["first"]):
        link = sha256((link + digest).encode("ascii"))
        yield number, digest, link


def rows(said, digests):
    """Every row is the one that the chain holds, and says what is claimed of its snapshot."""
    for shown in said["snapshots"]:
        for number in shown["rows"]:
            payload = (HERE / "rows" / f"{number}.json").read_bytes()
            row = json.loads(payload.decode("ascii"))
            same = row["number"] == number and row["sha256"] == shown["sha256"]
            yield check(same and sha256(payload) == digests[number], f"row {number} of the chain")
        name = shown["file"]
        yield check(sha256((HERE / name).read_bytes()) == shown["sha256"], f"{name} is what the chain records")
        picture = shown["screenshot"]
        if picture:
            recorded = [json.loads((HERE / "rows" / f"{n}.json").read_bytes()) for n in shown["rows"]]
            same = sha256((HERE / picture).read_bytes()) in [row["about"].get("screenshot") for row in recorded]
            yield check(same, f"{picture} is what the chain records")


def heads(said, links):
    """The chain leads to the head, and through the head that was time-stamped, if there is one."""
    last = max(links)
    head = said["chain"]["head"]
    yield check((last, links[last]) == (head["rows"], head["head"]), f"the chain leads to its head, row {last}")
    if (HERE / "stamped-head.json").exists():
        stamped = json.loads((HERE / "stamped-head.json").read_text("utf-8"))
        covered = all(n <= stamped["rows"] for shown in said["snapshots"] for n in shown["rows"][:1])
        yield check(covered, "the time-stamped head was taken after these snapshots")
        yield check(links.get(stamped["rows"]) == stamped["head"], "the chain leads through the time-stamped head")


def parts(der):
    """(tag, content) of the values that stand one after the other (X.690, definite lengths)."""
    while der:
        tag, length, start = der[0], der[1], 2
        if length > 127:
            start += length - 128
            length = int.from_bytes(der[2:start], "big")
        if der[1] == 128 or start + length > len(der):
            raise ValueError("it breaks off, or is no DER")
        yield tag, der[start : start + length]
        der = der[start + length :]


def inside(der, *way):
    """Content of the value that is reached by these places, each within the one before."""
    for place in way:
        der = [content for _, content in parts(der)][place]
    return der


def stamp(file):
    """(hexadecimal digest that a time-stamp speaks of, its time): RFC 3161, 2.4.2, and RFC 5652, 5.1.

    TimeStampResp: status, then the token; SignedData: version, algorithms, content, ...; TSTInfo: version, policy,
    imprint (algorithm, digest), serial number, time, ...  The signature is not checked here: see README.txt.
    """
    path = (HERE / file).resolve()
    if HERE not in path.parents:
        raise ValueError("not in this folder")
    info = inside(path.read_bytes(), 0, 1, 1, 0, 2, 1, 0)
    imprint = inside(info, 0, 2)
    if inside(imprint, 0, 0) != bytes.fromhex("608648016503040201"):
        raise ValueError("of no SHA-256")
    time = inside(info, 0, 4).decode("ascii").rstrip("Z").partition(".")[0]
    return inside(imprint, 1).hex(), datetime.strptime(time, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)  # noqa: UP017


def stamps(said, links):
    """Every time-stamp speaks of a link that the chain leads through, at or after the rows that it covers."""
    for one in said.get("timestamps", []):
        try:
            digest, time = stamp(one["file"])
        except (ValueError, IndexError, OSError) as error:
            yield check(False, f"{one['file']} cannot be read ({error})")
            continue
        later = all(row <= one["row"] for row in one["covers"])
        same = digest == one["link"] == links.get(one["row"])
        told = f"{time:%Y-%m-%d %H:%M:%S} UTC (-attime {int(time.timestamp())})"
        yield check(later and same, f"{one['file']} is of row {one['row']} of the chain, at {told}")


def main():
    said = json.loads((HERE / "evidence.json").read_text("utf-8"))
    steps = list(chain(said))
    results = list(sums())
    results += rows(said, {number: digest for number, digest, _ in steps})
    results += stamps(said, {number: link for number, _, link in steps})
    results += heads(said, {number: link for number, _, link in steps})
    sys.stdout.write("\nAll of it holds together.\n" if all(results) else "\nSomething is WRONG: see above.\n")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
