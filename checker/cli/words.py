"""Values of the command line that are what they should be as they stand.

Newer versions of typer hand every value to pydantic, also a word that is to be a word and an option that
was not given. To load it takes as long as all else that ``misquote --help`` loads. So plain values go past
it; typer still converts, and refuses, whatever is left.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

_LATER = object()
"""Typer has to look at the value."""


class Plain:
    """In place of what typer converts the values of one parameter with."""

    def __init__(self, annotation: object) -> None:
        self._annotation = annotation

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - typer's own copy of click
        """The value for the command.

        Raises:
            typer.BadParameter: typer does not accept it.
        """
        found = self._plain(value, several=param.multiple or param.nargs == -1)
        if found is not _LATER:
            return found
        param._runtime_param = None  # typer makes its own when asked
        try:
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        finally:
            param._runtime_param = self

    def _plain(self, value: object, *, several: bool) -> object:
        if value is None:
            return () if several else None
        annotation = self._annotation
        if annotation == list[str] and isinstance(value, list | tuple):
            return list(value) if all(type(v) is str for v in value) else _LATER
        known = annotation is str or (get_origin(annotation) is Literal and value in get_args(annotation))
        return value if known and type(value) is str else _LATER


def with_plain_values(params: list[Any]) -> list[Any]:
    """The parameters, plain values of which go past typer's conversion where this version has one."""
    for param in params:
        descriptor = getattr(param, "type_descriptor", None)
        if descriptor is None or getattr(param, "_runtime_param", descriptor) is not None:
            continue
        if descriptor.parameter_info.parser is None:
            param._runtime_param = Plain(descriptor.annotation)
    return params
