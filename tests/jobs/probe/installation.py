"""Where the tests of this folder find the installation they start and kill."""

from reliability.installation import Installation as Installation
from reliability.installation import empty as empty
from reliability.installation import ended as ended
from reliability.installation import wait_until as wait_until
