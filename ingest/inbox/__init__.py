"""Events of the inbox as rows and a mapping of their own: they load as files do, and in no other way."""
