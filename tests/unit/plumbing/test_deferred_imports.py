"""Modules that load when they are first used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def run(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=60)


def test_a_module_loads_when_something_in_it_is_used_and_is_the_module_itself():
    run("""
import sys, email
from shared.deferred_imports import load_when_used
load_when_used("email", "headerregistry")
from email import headerregistry
assert "email._header_value_parser" not in sys.modules
assert str(headerregistry.Address("Ana", "ana", "example.com")) == "Ana <ana@example.com>"
import email.headerregistry
assert email.headerregistry is headerregistry is sys.modules["email.headerregistry"]
""")


def test_a_module_that_is_loaded_stays_as_it_is():
    run("""
import email.headerregistry as loaded
from shared.deferred_imports import load_when_used
load_when_used("email", "headerregistry")
import email.headerregistry
assert email.headerregistry is loaded
""")


def test_pyjwt_still_tells_certificates_from_secrets():
    run("""
import sys, base64
import shared.edge.auth, jwt
assert "cryptography.x509.name" not in sys.modules
from datetime import datetime, timedelta
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives import hashes, serialization
key = rsa.generate_private_key(65537, 2048)
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "issuer.example")])
certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime(2026, 1, 1), datetime(2027, 1, 1)).sign(key, hashes.SHA256())
try:
    jwt.encode({}, certificate.public_bytes(serialization.Encoding.DER), "HS256")
except jwt.InvalidKeyError:
    pass
else:
    raise AssertionError("a certificate was taken for a secret")
""")
