"""What do we know, from where, how fresh, and what was refused?"""

from fit.locale import _
from pages.desk import measurements, stored, upload_form
from pages.desk.frame import on_the_desk
from pages.desk.parts import heading
from pages.desk.undo import undo

desk = on_the_desk()
heading(_("Your data"), *stored.verdict())

upload_form.upload(desk)
upload_form.report(desk)
undo()
stored.holdings()
measurements.sources()
measurements.creators(desk)
stored.files(desk)
stored.quarantine(desk)
stored.learned()
