"""Sealing a file so that only the town opens it (age v1), and opening it there."""

from __future__ import annotations

from app.handover.faults import Fault


def seal(data: bytes, recipient: str) -> bytes:
    """Return the data so that only who holds the secret of this recipient can open it."""
    from pyrage import encrypt, x25519  # here, for few ever seal

    sealed: bytes = encrypt(data, [x25519.Recipient.from_str(recipient)])
    return sealed


def unseal(data: bytes, identity: str) -> bytes:
    """Return what was sealed to this secret.

    Raises:
        Fault: it was sealed to somebody else, or changed since.

    """
    from pyrage import DecryptError, decrypt, x25519

    try:
        opened: bytes = decrypt(data, [x25519.Identity.from_str(identity)])
    except DecryptError:
        raise Fault(
            "NOTOURS", "打不开：这份文件不是密封给本单位的，或者密封以后被改动过。"
        ) from None
    return opened
