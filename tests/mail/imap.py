"""As much of an IMAP server (RFC 3501) as reading a mailbox takes: unread messages, and which were marked as read."""

import re
import socketserver
import threading


class Mailbox:
    """`messages` by number; `seen` are the numbers that were marked. Only what SEARCH would find is kept unread."""

    def __init__(self, messages: dict[int, bytes], password: str = "hemmelig"):
        self.messages, self.password, self.seen = messages, password, set()
        self.searches: list[str] = []

    def __enter__(self):
        box = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self):
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    tag, _blank, said = line.decode().strip().partition(" ")
                    self.wfile.write(box.answer(tag, said))
                    if said.upper() == "LOGOUT":
                        return

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, tag: str, said: str) -> bytes:
        done = f"{tag} OK done\r\n".encode()
        if said.startswith("LOGIN"):
            return done if self.password in said else f"{tag} NO wrong\r\n".encode()
        if said.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n" + done
        if said.startswith("SELECT"):
            return f"* {len(self.messages)} EXISTS\r\n".encode() + done
        if said.startswith("UID SEARCH"):
            self.searches.append(said)
            found = [number for number in self.messages if number not in self.seen and self.is_report(number)]
            return ("* SEARCH " + " ".join(map(str, found)) + "\r\n").encode() + done
        number = int(found[0]) if (found := re.findall(r"\d+", said)) else 0
        if said.startswith("UID FETCH"):
            raw = self.messages[number]
            return f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n" + done
        if said.startswith("UID STORE"):
            self.seen.add(number)
        return (b"* BYE\r\n" if said == "LOGOUT" else b"") + done

    def is_report(self, number: int) -> bool:
        return b"report-type=delivery-status" in self.messages[number]
