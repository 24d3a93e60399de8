"""The admins' pages at `/admin`. This package alone may import domains' tables."""

from web.admin.mount import mount_admin

__all__ = ["mount_admin"]
