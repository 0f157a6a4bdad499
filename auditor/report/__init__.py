"""An audit as bytes: one module a format. Nothing here prints; ``write`` puts the bytes on disk."""
