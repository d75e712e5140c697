"""What tab completion offers of a module: its own public names, not what it has imported."""

from types import ModuleType


def own_names(module):
    """The ``__dir__`` of a module, given its ``globals()``.

    A constant that was imported by its name cannot be told from one of the module's own, and is offered too.
    """

    def names():
        return sorted(
            name
            for name, value in module.items()
            if not name.startswith("_")
            and not isinstance(value, ModuleType)
            and getattr(value, "__module__", module["__name__"]) == module["__name__"]
        )

    return names
