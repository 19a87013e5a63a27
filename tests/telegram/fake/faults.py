"""Faults on order: the next calls of a method fail as networks and servers do."""

from dataclasses import dataclass, field

from tests.telegram.fake.errors import ApiError, too_many_requests


@dataclass(slots=True)
class Fault:
    """What happens to a call."""

    kind: str
    method: str
    left: int
    error: ApiError | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Faults:
    """Orders, used up first in, first out. Method "*" is any method but getUpdates."""

    orders: list[Fault] = field(default_factory=list)

    def fail(
        self, method: str, code: int = 500, *, times: int = 1, retry_after_s: int = 1
    ) -> None:
        """Answer 429 (with retry_after), 500, 502 (an HTML page, as nginx does) or another."""
        if code == 429:
            error = too_many_requests(retry_after_s)
        else:
            names = {500: "Internal Server Error", 502: "Bad Gateway", 403: "Forbidden"}
            error = ApiError(code, names.get(code, "Bad Request: injected"))
        self.orders.append(Fault("error", method, times, error))

    def refuse(self, method: str, error: ApiError, *, times: int = 1) -> None:
        """Answer with exactly this error."""
        self.orders.append(Fault("error", method, times, error))

    def delay(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Do what is asked, but answer late; long enough, it is a time-out for the bot."""
        self.orders.append(Fault("delay", method, times, seconds=seconds))

    def hang(self, method: str, seconds: float = 3600.0, *, times: int = 1) -> None:
        """Do nothing and say nothing, until the connection is cut at last."""
        self.orders.append(Fault("hang", method, times, seconds=seconds))

    def cut_answer(self, method: str, *, times: int = 1) -> None:
        """Do what is asked, but reset the connection in the middle of the answer."""
        self.orders.append(Fault("cut_answer", method, times))

    def clear(self) -> None:
        """From now on all goes well."""
        self.orders.clear()

    def reset(self, method: str, *, times: int = 1) -> None:
        """Cut the connection before anything is done."""
        self.orders.append(Fault("reset", method, times))

    def lose_answer(self, method: str, *, times: int = 1) -> None:
        """Do what is asked, then cut the connection: a bot that repeats sends twice."""
        self.orders.append(Fault("lose_answer", method, times))

    def next_for(self, method: str) -> Fault | None:
        """Take the fault of this call, if one is ordered."""
        method = method.lower()
        for order in self.orders:
            wanted = order.method.lower()
            if wanted == method or (wanted == "*" and method != "getupdates"):
                order.left -= 1
                if order.left <= 0:
                    self.orders.remove(order)
                return order
        return None
