// Three comforts; every page works without them: buttons that copy a text, a box in the head of a
// column that ticks the whole column, and file fields to drop files on, in the page's language.
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
			box.closest('table').querySelectorAll('input[type=checkbox]').forEach(function (other) {
				if (other.name === name)
					other.checked = box.checked;
			});
		});
	});
	document.querySelectorAll('input[type=file]').forEach(function (input) {
		var field = document.createElement('div'), button = document.createElement('span'),
			names = document.createElement('span');
		var show = function () {
			names.textContent = Array.prototype.map.call(input.files, function (f) {
				return f.name;
			}).join('、') || input.getAttribute('data-none');
		};
		field.className = 'files';
		button.className = 'button second';
		button.textContent = input.getAttribute('data-choose');
		button.setAttribute('aria-hidden', 'true');
		input.parentNode.insertBefore(field, input);
		field.appendChild(button);
		field.appendChild(names);
		field.appendChild(input);
		input.addEventListener('change', show);
		show();
	});
}());
