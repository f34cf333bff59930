"""TLS before a PostgreSQL whose build has none: `python -m tests.tls_front CERTIFICATE HOST PORT` prints its port."""

import asyncio
import ssl
import sys
from asyncio import StreamReader, StreamWriter

SSL_REQUEST_BYTES = 8  # what a client sends first, to ask for TLS


async def main(certificate: str, host: str, port: str) -> None:
    """Take connections, answer the request for TLS, and pass on what comes decrypted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readexactly(SSL_REQUEST_BYTES)
        writer.write(b"S")
        await writer.start_tls(context)
        upstream_reader, upstream_writer = await asyncio.open_connection(host, int(port))
        await asyncio.gather(copy(reader, upstream_writer), copy(upstream_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


async def copy(source: StreamReader, target: StreamWriter) -> None:
    """Pass on until the source ends."""
    while data := await source.read(65536):
        target.write(data)
    target.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))  # noqa: TID251 - a process of its own
