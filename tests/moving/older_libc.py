"""older_libc.py FILE VERSION: lets a library of Linux load where the C library lacks a version that only weak symbols of it ask for.

Rust's standard library looks for newer functions of glibc and does without them; the linker notes their version as needed all the same. The note is
marked as weak here (`VER_FLG_WEAK` of the ELF symbol versioning)."""

import struct
import sys

NEEDED = 0x6FFFFFFE  # SHT_GNU_verneed
WEAK = 2


def elf_hash(name):
    value = 0
    for byte in name.encode():
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value


def main():
    path, version = sys.argv[1:]
    with open(path, "rb") as source:
        data = bytearray(source.read())
    table, = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    for at in range(table, table + size * count, size):
        kind, offset = struct.unpack_from("<I", data, at + 4)[0], struct.unpack_from("<Q", data, at + 24)[0]
        while kind == NEEDED:
            _, versions, _, first, following = struct.unpack_from("<HHIII", data, offset)
            entry = offset + first
            for _ in range(versions):
                name, flags, _, _, step = struct.unpack_from("<IHHII", data, entry)
                if name == elf_hash(version):
                    struct.pack_into("<H", data, entry + 4, flags | WEAK)
                entry += step
            if not following:
                break
            offset += following
    with open(path, "wb") as target:
        target.write(data)


main()
