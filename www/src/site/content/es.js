/** What has been translated so far; everything else is in English, and says so by not being offered in Spanish. */
export const spanish = {
  'export-data': {
    title: 'Exporta tus turnos y tus horas',
    summary: 'Descarga todo lo que Dayloom guarda de tu organización en archivos que se abren en cualquier parte.',
    body: `
<p>Los datos son tuyos. Puedes llevártelos enteros cuando quieras, con cualquier plan y sin dar explicaciones.</p>
<h2>Exportarlo todo</h2>
<ol>
  <li>Abre <a href="#/account">Cuenta y datos</a>.</li>
  <li>En el apartado <strong>Your data</strong>, pulsa <strong>Export my data</strong>.</li>
  <li>La descarga empieza en unos segundos. Si la cuenta tiene más de dos años de turnos, puede tardar un minuto.</li>
</ol>
<p>Tienes que ser propietario. Quien planifica puede exportar sus propios cuadrantes desde el menú de cada uno.</p>
<h2>Qué contiene</h2>
<ul>
  <li><code>people.csv</code>: nombres, contacto, funciones, si la persona está archivada</li>
  <li><code>shifts.csv</code>: cada turno con lugar, inicio, fin y persona, en hora local y en UTC</li>
  <li><code>hours.csv</code>: horas confirmadas por persona y día, listas para la nómina</li>
  <li><code>changes.csv</code>: quién cambió qué y cuándo</li>
</ul>
<h2>Solo las horas de un mes</h2>
<p>Abre <strong>Hours</strong>, elige el mes y pulsa <strong>Download</strong>. Los meses sin confirmar están marcados en la última
columna.</p>
<h2>Si la descarga no empieza</h2>
<p>Comprueba que el navegador permite descargas de este sitio e inténtalo una vez más. Si no pasa nada, no sigas
pulsando: <a href="#/contact?topic=export">cuéntanoslo</a> y una persona preparará el archivo y te enviará un enlace que
funciona durante siete días.</p>`,
  },
  'calendar-sync': {
    title: 'Tus turnos en tu propio calendario',
    summary: 'Suscríbete una vez y los turnos te acompañan. Qué hacer si un cambio llega tarde.',
    body: `
<p>Cada persona tiene una dirección de calendario privada. El calendario que se suscribe a ella muestra solo los turnos
publicados de esa persona: ni borradores, ni nombres de compañeros, ni teléfonos.</p>
<h2>Suscribirse</h2>
<ol>
  <li>Abre <strong>My shifts → Calendar</strong> y pulsa <strong>Copy address</strong>.</li>
  <li>En tu calendario busca «Suscribirse», «Añadir por URL» o «Desde internet» y pega la dirección.</li>
  <li>Elige un color. El nombre viene del cuadrante.</li>
</ol>
<p>Usa <em>suscribirse</em>, no <em>importar</em>: una importación es una foto de hoy y no volverá a cambiar.</p>
<h2>Cuánto tarda un cambio</h2>
<p>Dayloom lo ofrece en menos de un minuto. Cuándo lo pide tu calendario lo decide él: los teléfonos suelen mirar cada hora,
algunos calendarios en línea solo unas pocas veces al día. Para lo que empieza hoy, fíate de <strong>My shifts</strong>.</p>
<h2>Turnos a otra hora</h2>
<p>Si todos se desvían las mismas horas, el dispositivo o el cuadrante están en otra zona horaria. Si solo algunos, y acaba
de cambiar la hora, dale un día al calendario para que vuelva a leer la dirección.</p>
<h2>Alguien tiene tu dirección</h2>
<p>Pulsa <strong>New address</strong>. La anterior deja de funcionar en el acto, en todos los dispositivos.</p>`,
  },
  'swap-shifts': {
    title: 'Cambiar turnos entre compañeros',
    summary: 'Cambios entre dos personas, ceder un turno, y cuándo tiene que dar el visto bueno quien planifica.',
    body: `
<p>La mayoría de los cambios los acuerdan las propias personas. Así pueden hacerlo sin que nadie copie mensajes de un chat a
otro, y el cuadrante sigue siendo cierto.</p>
<h2>Ofrecer un turno</h2>
<p>Abre el turno y pulsa <strong>I can't make it</strong>. Después elige:</p>
<ul>
  <li><strong>Swap</strong>: propones a un compañero el turno suyo que harías a cambio. Recibe una pregunta con dos botones.</li>
  <li><strong>Hand over</strong>: puede quedárselo cualquiera con la función adecuada que esté libre. El primero que diga sí lo tiene.</li>
</ul>
<p>Hasta que alguien acepte, el turno sigue siendo tuyo.</p>
<h2>Cuándo decide quien planifica</h2>
<p>En <strong>Roster settings → Swaps</strong> hay tres reglas: no preguntar nunca, preguntar si se incumple el descanso o las horas
semanales, o preguntar siempre. Una pregunta que nadie contesta se rechaza cuando faltan cuatro horas, y se avisa a ambos.</p>
<h2>Qué queda registrado</h2>
<p>El historial de un turno dice quién lo tenía, quién lo tomó y cuándo. Las horas cuentan para quien trabajó.</p>
<h2>¿No aparece un cambio?</h2>
<p>Comprueba que la otra persona tiene la función que pide el turno y que la semana está publicada. Los borradores no se
pueden cambiar.</p>`,
  },
};

export const spanishTopics = {
  setup: 'Primeros pasos',
  rosters: 'Cuadrantes y turnos',
  hours: 'Horas y nóminas',
  calendar: 'Calendarios y avisos',
  seats: 'Personas y plazas',
  access: 'Iniciar sesión',
  billing: 'Planes y facturas',
  export: 'Tus datos',
};
