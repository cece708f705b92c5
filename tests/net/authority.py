"""A time-stamp authority of our own: a root, an issuer below it, a signer, and the program `openssl`."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.net.site import Seen, Site, reply

PATH = "/tsr"
_SETTINGS = """\
[tsa]
default_tsa = own
[own]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
_ROOT = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
_ISSUING = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
_USAGE = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"


class Authority:
    """Answers requests for time-stamps as the protocol asks for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root.pem"
        """What an authority publishes."""
        (folder / "usage").write_text(_USAGE)
        (folder / "serial").write_text("01\n")
        (folder / "issuing").write_text(_ISSUING)
        self._openssl("req", "-x509", *_KEY, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", *_ROOT)
        self._certify("issuer", "/CN=Issuer", by="root", extensions="issuing")
        self._certify("own", "/CN=Stamps", by="issuer", extensions="usage")

    def _certify(self, name: str, subject: str, *, by: str, extensions: str) -> None:
        self._openssl("req", *_KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
        signed = ("-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial", "-extfile", extensions)
        self._openssl("x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def answer(self, query: bytes, *, digests: str = "sha256") -> bytes:
        """A TimeStampResp; a refusal where the request is not of one of `digests`."""
        (self.folder / "tsa.cnf").write_text(_SETTINGS.format(digests=digests))
        (self.folder / "query").write_bytes(query)
        signer = ("-signer", "own.pem", "-inkey", "own.key", "-chain", "issuer.pem")
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", *signer, "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def serve(self, site: Site) -> str:
        """Answer at this site; the address."""

        def answered(seen: Seen) -> bytes:
            assert (seen.method, seen.headers["content-type"]) == ("POST", "application/timestamp-query")
            return reply(200, self.answer(seen.body), content_type="application/timestamp-reply")

        site.pages[PATH] = answered
        return site.url + PATH
