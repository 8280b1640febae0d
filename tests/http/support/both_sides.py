"""What tests of the API begin with: a host with the plugin, and a program of somebody on each side of it."""

import os
import unittest

from support.api import Api
from support.host import Host


class BothSides(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin = Api(cls.host, "admin")
        cls.amanda = Api(cls.host, "amanda@example.com")
