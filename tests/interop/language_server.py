"""A client of a language server over standard input and output: what an editor does, and no more."""

import json
import os
import queue
import subprocess
import threading
import time

from harness import must

PATIENCE = 30  # seconds; a server answers within two


class Server:
    def __init__(self, command, root):
        environment = os.environ | {"XDG_CACHE_HOME": str(root / "cache"), "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.inbox, self.answers, self.sent, self.told, self.versions = queue.Queue(), {}, 0, {}, {}
        threading.Thread(target=self.listen, daemon=True).start()
        folder = {"uri": root.as_uri(), "name": root.name}
        document = {"completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                    "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}}
        about = {"processId": os.getpid(), "rootUri": root.as_uri(), "workspaceFolders": [folder],
                 "capabilities": {"textDocument": document}}
        self.ask("initialize", about)
        self.tell("initialized", {})

    def close(self):
        self.process.kill()
        self.process.wait()

    def listen(self):
        stream = self.process.stdout
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                line = stream.readline()
            self.inbox.put(json.loads(stream.read(length)))
        self.inbox.put(None)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, about):
        self.send({"method": method, "params": about})

    def ask(self, method, about):
        self.sent += 1
        number = self.sent
        self.send({"id": number, "method": method, "params": about})
        self.wait(lambda: number in self.answers, method)
        answer = self.answers.pop(number)
        must("error" not in answer, f"{method}: {answer.get('error')}")
        return answer.get("result")

    def wait(self, done, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while not done():
            try:
                self.take(self.inbox.get(timeout=max(0, end - time.monotonic())))
            except queue.Empty:
                must(False, f"no answer within {patience} s: {what}")

    def take(self, message):
        must(message is not None, "the server ended")
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:  # what it asks of an editor: this one has no settings
            items = message["params"].get("items") if isinstance(message.get("params"), dict) else None
            self.send({"id": message["id"], "result": items and [None for _ in items]})
        elif "method" not in message:
            self.answers[message["id"]] = message

    def open(self, path, text):
        """Opens a text as an editor does: the file need not be on the disk."""
        document = {"uri": path.as_uri(), "languageId": "toml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, path):
        """What was last told of a file; it must have been told at least once."""
        self.wait(lambda: path.as_uri() in self.told, f"diagnostics of {path.name}")
        return self.told[path.as_uri()]

    def marked(self, path):
        """What is told of a file in which something is wrong."""
        self.wait(lambda: self.told.get(path.as_uri()), f"a diagnostic of {path.name}")
        return self.told[path.as_uri()]

    def at(self, method, path, line, column):
        self.diagnostics(path)  # a server may answer with nothing until it has read the file
        about = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{method}", about)

    def completion(self, path, line, column):
        """The words it offers."""
        answer = self.at("completion", path, line, column) or []
        return [item["label"] for item in (answer if isinstance(answer, list) else answer["items"])]

    def hover(self, path, line, column):
        answer = self.at("hover", path, line, column) or {"contents": {"value": ""}}
        return answer["contents"]["value"]
