"""`tsunagari files new-key`: seal files with a new key from now on; older files stay readable."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from tsunagari.kernel.files.api import keys_folder, make_key


class Command(BaseCommand):
    """The store of files from the command line."""

    help = "Make a new key with which files are sealed from now on. Keep the older ones: they open older files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb."""
        parser.add_argument("verb", choices=["new-key"])

    def handle(self, **_options: object) -> None:
        """Make the key and say where it stands."""
        number = make_key()
        self.stdout.write(
            f"Files are sealed with key {number:04d} from now on. Copy {keys_folder()} to where your keys are kept, apart from the files."
        )
