"""The server: how it is reached, and its refusals as errors a person can act on."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from elastic_transport import TlsError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import (
    ApiError,
    ConnectionError,  # noqa: A004 - the client's own name
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    TransportError,
    UnsupportedProductError,
)
from pydantic import Field, SecretStr

from extractors.errors import DiskFull, IndexBusy, IndexFault, NoIndex, UsageError
from extractors.records import Record


class Server(Record):
    """Where a server is and how it lets us in."""

    url: str = Field(min_length=1)
    api_key: SecretStr | None = None
    user: str | None = None
    password: SecretStr | None = None
    ca_file: Path | None = Field(default=None, description="Certificate authority of a server with its own.")
    prefix: str = Field(default="findingaid", pattern=r"^[a-z0-9][a-z0-9_-]*$", description="Begins all index names.")
    timeout: float = Field(default=30, gt=0, description="Seconds for one request.")


def connect(server: Server) -> Elasticsearch:
    """A client of *server*. Nothing is sent yet."""
    if server.user and not server.password:
        raise UsageError("A user of the search server needs a password.", mend="Set the password, or use an API key.")
    by_name = (server.user, server.password.get_secret_value()) if server.user and server.password else None
    return Elasticsearch(
        server.url,
        api_key=server.api_key.get_secret_value() if server.api_key else None,
        basic_auth=by_name,
        ca_certs=str(server.ca_file) if server.ca_file else cast("str", DEFAULT),
        request_timeout=server.timeout,
        max_retries=3,
        retry_on_timeout=False,
        retry_on_status=(429, 502, 503, 504),
        http_compress=not server.url.startswith(("http://127.", "http://localhost")),
    )


@contextmanager
def server_faults(url: str) -> Generator[None]:
    """Turn what the client raises into one sentence about the server at *url* (without any secret in it)."""
    try:
        yield
    except NotFoundError:
        raise NoIndex(f"Nothing has been published to the search server at {url}.") from None
    except UnsupportedProductError:
        raise IndexFault(f"What answers at {url} is not Elasticsearch.", mend="Check the address.") from None
    except TlsError:
        raise IndexFault(f"The certificate of {url} is not trusted.", mend="Name its authority's file.") from None
    except (ConnectionError, ConnectionTimeout) as error:
        how = "takes too long to answer" if isinstance(error, ConnectionTimeout) else "does not answer"
        raise IndexFault(f"The search server at {url} {how}.", mend="Check that it runs, then try again.") from None
    except ApiError as error:
        raise _refusal(url, error) from None
    except TransportError as error:
        raise IndexFault(f"Talking to {url} failed: {type(error).__name__}.", mend="Try again.") from None


def _refusal(url: str, error: ApiError) -> IndexFault | DiskFull:
    """What a status code means to the person who waits."""
    kind = _kind(error)
    if error.status_code == 401 or (error.status_code == 403 and "block" not in kind):
        mend = "Check the API key, or the user and password." if error.status_code == 401 else "Ask for rights on it."
        return IndexFault(f"The search server at {url} lets us in no further ({error.status_code}).", mend=mend)
    if error.status_code == 429 and "block" not in kind:
        return IndexBusy(f"The search server at {url} is overloaded.", mend="Wait, then run the same command again.")
    if "cluster_block" in kind:
        return DiskFull(f"The search server at {url} refuses to write: its disk is full or the index is read-only.")
    if error.status_code == 413:
        return IndexFault(f"The search server at {url} refused a request as too large.", mend="Raise its limit.")
    return IndexFault(f"The search server at {url} refused: {error.status_code} {kind}.")


def _kind(error: ApiError) -> str:
    """The server's name for the error; never its reason, which may quote a passage."""
    body: Any = error.body
    found: Any = cast("dict[str, Any]", body).get("error") if isinstance(body, dict) else None
    return str(cast("dict[str, Any]", found).get("type", "")) if isinstance(found, dict) else ""
