// Five comforts; every page works without them: buttons that copy a text, a box in the head of a
// column that ticks the whole column, file fields to drop files on, in the page's language, a list
// of suggestions below the box of the search, and a wide chart that shows its beginning.
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
	document.querySelectorAll('.flow').forEach(function (frame) {
		var begin = frame.querySelector('ellipse'), box = frame.getBoundingClientRect(), at;
		if (begin) {
			at = begin.getBoundingClientRect();
			frame.scrollLeft = (at.left + at.right) / 2 - (box.left + box.right) / 2;
		}
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
	document.querySelectorAll('form[action="/search"] input[name=q]').forEach(function (input, n) {
		var box = document.createElement('div'), list = document.createElement('ul'),
			at = -1, pause = 0, asked = '', label = input.getAttribute('data-suggest');
		var close = function () {
			list.hidden = true;
			at = -1;
			input.setAttribute('aria-expanded', 'false');
			input.removeAttribute('aria-activedescendant');
		};
		var choose = function (to) {
			var all = list.children;
			if (at >= 0)
				all[at].removeAttribute('aria-selected');
			at = (to + all.length + 1) % (all.length + 1);
			if (at === all.length) {
				at = -1;
				input.removeAttribute('aria-activedescendant');
				return;
			}
			all[at].setAttribute('aria-selected', 'true');
			input.setAttribute('aria-activedescendant', all[at].id);
		};
		var show = function (found) {
			list.textContent = '';
			found.forEach(function (one, i) {
				var item = document.createElement('li'), kind = document.createElement('span');
				item.id = list.id + '-' + i;
				item.setAttribute('role', 'option');
				item.setAttribute('data-href', one.href);
				item.textContent = one.title;
				kind.textContent = one.kind;
				item.appendChild(kind);
				list.appendChild(item);
			});
			close();
			list.hidden = !found.length;
			input.setAttribute('aria-expanded', String(found.length > 0));
		};
		var ask = function () {
			var typed = input.value.trim();
			if (typed === asked)
				return;
			asked = typed;
			if (!typed) {
				close();
				return;
			}
			fetch('/search/suggest?q=' + encodeURIComponent(typed)).then(function (r) {
				return r.ok ? r.json() : [];
			}).then(function (found) {
				if (typed === asked && document.activeElement === input)
					show(found);
			}, close);
		};
		var later = function (event) {
			clearTimeout(pause);
			if (!event.isComposing)
				pause = setTimeout(ask, 120);
		};
		list.id = 'suggest-' + n;
		list.hidden = true;
		list.setAttribute('role', 'listbox');
		list.setAttribute('aria-label', label || '');
		box.className = 'suggest';
		input.parentNode.insertBefore(box, input);
		box.appendChild(input);
		box.appendChild(list);
		input.setAttribute('role', 'combobox');
		input.setAttribute('aria-autocomplete', 'list');
		input.setAttribute('aria-controls', list.id);
		input.setAttribute('autocomplete', 'off');
		close();
		input.addEventListener('input', later);
		input.addEventListener('compositionend', later);
		input.addEventListener('blur', close);
		input.addEventListener('keydown', function (event) {
			if (event.isComposing || list.hidden)
				return;
			if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
				event.preventDefault();
				choose(at + (event.key === 'ArrowDown' ? 1 : -1));
			} else if (event.key === 'Enter' && at >= 0) {
				event.preventDefault();
				location.href = list.children[at].getAttribute('data-href');
			} else if (event.key === 'Escape') {
				event.preventDefault(); // else the browser empties the box
				close();
			}
		});
		list.addEventListener('mousedown', function (event) {
			var item = event.target.closest('li');
			event.preventDefault();
			if (item)
				location.href = item.getAttribute('data-href');
		});
	});
}());
