/* Two taps for a temperature. Everything works without this; written for browsers ten years old. */
(function () {
  'use strict';
  var inputs = document.querySelectorAll('.degrees input');
  if (!inputs.length || !document.addEventListener) return;
  var pad = document.createElement('div');
  var wholes = row(['35', '36', '37', '38', '39'], whole);
  var tenths = row(['.0', '.1', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9'], tenth);
  var now = null;
  pad.className = 'pad';
  pad.appendChild(wholes);
  pad.appendChild(tenths);

  function row(words, act) {
    var line = document.createElement('div');
    for (var i = 0; i < words.length; i++) {
      var button = document.createElement('button');
      button.type = 'button';
      button.appendChild(document.createTextNode(words[i]));
      button.addEventListener('click', act);
      line.appendChild(button);
    }
    return line;
  }
  function whole(event) {
    now.value = event.target.textContent + '.';
    mark();
  }
  function tenth(event) {
    var found = /^(\d\d)/.exec(now.value);
    if (!found) return;
    now.value = found[1] + event.target.textContent;
    mark();
    var next = following(now);
    if (next) show(next);
  }
  function following(input) {
    for (var i = 0; i < inputs.length - 1; i++) if (inputs[i] === input && !inputs[i + 1].value) return inputs[i + 1];
    return null;
  }
  function mark() {
    choose(wholes, now.value.slice(0, 2));
    choose(tenths, now.value.slice(2));
  }
  function choose(line, word) {
    for (var i = 0; i < line.children.length; i++) {
      line.children[i].className = line.children[i].textContent === word ? 'chosen' : '';
    }
  }
  function show(input) {
    now = input;
    var holder = input.parentNode;
    while (holder && !/degrees/.test(holder.className)) holder = holder.parentNode;
    holder.parentNode.insertBefore(pad, holder.nextSibling);
    mark();
  }
  for (var i = 0; i < inputs.length; i++) {
    inputs[i].addEventListener('focus', function (event) { show(event.target); });
    inputs[i].addEventListener('input', mark);
  }
  show(document.querySelector('.degrees input[aria-invalid]') || inputs[0]);

  var all = document.getElementById('all');
  if (all) {
    document.addEventListener('change', function (event) {
      var some = document.querySelectorAll('.some:checked');
      if (event.target.value === 'some' && event.target.checked) all.checked = false;
      if (event.target === all && all.checked) for (var i = 0; i < some.length; i++) some[i].checked = false;
    });
  }
  var form = document.querySelector('form[method=post]');
  form.addEventListener('submit', function (event) {
    if (form.getAttribute('data-sent')) event.preventDefault();
    form.setAttribute('data-sent', '1');
  });
  window.addEventListener('pageshow', function () { form.removeAttribute('data-sent'); });
})();
