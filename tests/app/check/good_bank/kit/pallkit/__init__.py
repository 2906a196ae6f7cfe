from pallkit.i18n import _

HELLO = _("Good day, {name}.", name="Prøve")
