"""A mail server with faults: it refuses, delays, and breaks off, as it is told."""

import asyncio
import email
import email.policy
import socket
import ssl
import subprocess
from collections import Counter
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Server:
    """Listens on a free port of this machine. `answers` has the reply to RCPT for an address; `breaks` ends the connection
    in the middle of that many letters; `delay` is how long it thinks before each letter is taken."""

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None):
        self.host, self.tls, self.wanted_port = "127.0.0.1", tls, port
        self.answers: dict[str, str] = {}
        self.answers_to_data: dict[str, str] = {}
        self.breaks, self.delay = 0, 0.0
        self.taken: list[EmailMessage] = []
        self.sizes: list[int] = []
        self.connections = 0

    def __enter__(self):
        self.controller = _Controller(self)
        self.controller.start()
        self.port = self.controller.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *fault):
        self.controller.stop()

    @property
    def recipients(self) -> Counter:
        return Counter(str(one["To"]) for one in self.taken)

    def ids(self, address: str) -> list[str]:
        return [str(one["Message-ID"]) for one in self.taken if str(one["To"]) == address]

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = self.answers.get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.breaks:
            self.breaks -= 1
            server.transport.abort()
            return "421 gone"
        await asyncio.sleep(self.delay)
        if refusal := self.answers_to_data.get(envelope.rcpt_tos[0]):
            return refusal
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 Taken"


class _Controller(Controller):
    def __init__(self, behaviour: Server):
        self.behaviour = behaviour
        super().__init__(behaviour, hostname=behaviour.host, port=behaviour.wanted_port)

    def factory(self):
        self.behaviour.connections += 1
        needed = self.behaviour.tls is not None
        return SMTP(self.handler, tls_context=self.behaviour.tls, require_starttls=needed, hostname="mail.example.org")

    def _trigger_server(self):
        """The base class would knock at the port it was given, and 0 is none."""
        with socket.create_connection(self.server.sockets[0].getsockname(), 5) as knock:
            knock.recv(1024)


def self_signed(folder) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail.example.org",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
