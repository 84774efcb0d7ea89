#!/usr/bin/env python3
"""The code of a second factor (RFC 6238), by another hand than the program's: totp.py SECRET STEPS-FROM-NOW"""

import base64
import hashlib
import hmac
import struct
import sys
import time

step = int(time.time()) // 30 + int(sys.argv[2])
digest = hmac.new(base64.b32decode(sys.argv[1]), struct.pack(">Q", step), hashlib.sha1).digest()
at = digest[-1] & 15
print("%06d" % ((struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000))
