"""Packs lines of standard input as Discord's gateway does, one shared stream: prints each message in base64, with the library's own words.

pack.py zlib-stream|zstd-stream
"""

import base64
import sys
import zlib

import zstandard

lines = sys.stdin.read().splitlines()
if sys.argv[1] == "zlib-stream":
    packer = zlib.compressobj()
    pack = lambda line: packer.compress(line) + packer.flush(zlib.Z_SYNC_FLUSH)
else:
    parameters = zstandard.ZstdCompressionParameters(window_log=18, write_content_size=0, write_checksum=0)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    pack = lambda line: packer.compress(line) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
for line in lines:
    print(base64.b64encode(pack(line.encode())).decode())
