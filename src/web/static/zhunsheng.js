// Two comforts; every page works without them. Buttons that copy a text, and a box in the head
// of a column that ticks the whole column.
(function () {
	'use strict';
	document.querySelectorAll('[data-copy]').forEach(function (button) {
		button.hidden = false;
		button.addEventListener('click', function () {
			var text = document.getElementById(button.getAttribute('data-copy'));
			var done = function () { button.textContent = button.getAttribute('data-done'); };
			if (navigator.clipboard && window.isSecureContext) {
				navigator.clipboard.writeText(text.value).then(done);
				return;
			}
			text.select();
			if (document.execCommand('copy'))
				done();
		});
	});
	document.querySelectorAll('[data-tick-all]').forEach(function (box) {
		box.hidden = false;
		box.addEventListener('change', function () {
			var name = box.getAttribute('data-tick-all');
			document.querySelectorAll('input[type=checkbox]').forEach(function (other) {
				if (other.name === name)
					other.checked = box.checked;
			});
		});
	});
}());
