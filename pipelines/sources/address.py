"""Fetch one address, politely and within limits."""

import httpx

from extractors.errors import ReadingLimit, UnreadableFile

MAXIMUM_BYTES = 512 << 20
TIMEOUT = httpx.Timeout(30, read=120)
USER_AGENT = "findingaid/0.1 (report reader)"


def fetch(url: str) -> bytes:
    """The bytes at *url*, redirects followed.

    Raises:
        UnreadableFile: no answer, or one other than success.
        ReadingLimit: more than 512 MiB.
    """
    transport = httpx.HTTPTransport(retries=2)
    try:
        with (
            httpx.Client(transport=transport, timeout=TIMEOUT, follow_redirects=True) as client,
            client.stream("GET", url, headers={"User-Agent": USER_AGENT}) as answer,
        ):
            if not answer.is_success:
                raise UnreadableFile(f"{url} answered {answer.status_code}.", mend="Check the address in a browser.")
            return _bounded(url, answer)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said = type(error).__name__
        raise UnreadableFile(
            f"{url} could not be fetched ({said}).", mend="Check the address and the network."
        ) from error


def _bounded(url: str, answer: httpx.Response) -> bytes:
    data = bytearray()
    for part in answer.iter_bytes():
        data += part
        if len(data) > MAXIMUM_BYTES:
            raise ReadingLimit(f"{url} is larger than {MAXIMUM_BYTES >> 20} MiB.")
    return bytes(data)
