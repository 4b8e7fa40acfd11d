//! The loop: take what has come, update, draw once, sleep until more comes or a deadline is reached. Nothing is
//! asked again and again.

#![allow(clippy::disallowed_methods, reason = "looks whether the files it works with are there")]

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::calendar::{Date, Site};
use crate::finding::Severity;
use crate::library::study::Usual;
use crate::library::{Library, LibraryError};
use crate::study::Chosen;

use super::background::{self, Answer, Taken};
use super::canvas::Hits;
use super::editor;
use super::inputs::Inputs;
use super::key::{Chord, Key};
use super::model::{Edited, Effect, Message, Model, RegimenList, Report};
use super::platform::{self, Signals};
use super::settings::Settings;
use super::task::CommandLine;
use super::terminal::{self, Guard, Screen};
use super::update::update;
use super::view::view;
use super::worker::{Worker, World};

/// What the interface is started with.
pub struct Options {
    /// Where the regimen files are.
    pub library: Library,
    /// Closures and the site's values.
    pub site: Site,
    /// The study and its site.
    pub study: Chosen,
    /// The study that the settings name.
    pub usual_study: Usual,
    /// Looks and keys.
    pub settings: Settings,
    /// Colours are not wanted (`NO_COLOR`).
    pub no_colour: bool,
    /// What the environment says of the colours of the terminal (`COLORFGBG`).
    pub background: String,
    /// Every screen as plain text, for a screen reader.
    pub plain: bool,
    /// The file that remembers that the safety statement was read; `None` remembers nothing.
    pub state: Option<PathBuf>,
    /// The person's editor, as `$VISUAL` or `$EDITOR` names it.
    pub editor: Option<String>,
    /// The home folder.
    pub home: Option<PathBuf>,
    /// Where exports go unless another path is typed.
    pub folder: PathBuf,
    /// The folder of the record.
    pub data: Option<PathBuf>,
    /// Whether that record is a scratch one, which is deleted at the end.
    pub scratch: bool,
    /// The commands that have no screen of their own.
    pub command_line: CommandLine,
    /// The day taken for today, where it was set by hand.
    pub today_set: Option<String>,
    /// Asks for today.
    pub today: fn() -> Date,
    /// How long today lasts.
    pub rest_of_today: fn() -> Duration,
    /// The time as exports carry it: `2026-12-07T09:30:00Z`.
    pub now: fn() -> String,
}

/// Why the interface ended.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal cannot be used.
    #[error("the terminal cannot be used: {0}; `posology --plain` works without one")]
    Terminal(#[from] io::Error),
    /// The regimens cannot be listed.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// The longest sleep: a computer that was asleep itself has not counted the time, and its day may be another one.
const LONGEST_SLEEP: Duration = Duration::from_mins(10);

/// Runs the interface until the person leaves.
pub fn run(options: Options) -> Result<(), TuiError> {
    let read_before = options.state.as_ref().is_none_or(|path| path.is_file());
    let mut settings = options.settings;
    let kept = options.state.as_deref().and_then(super::worker::kept_theme);
    background::begin(&mut settings, &options.background, kept.as_deref(), options.no_colour);
    let today = (options.today)();
    let mouse = settings.mouse;
    let mut model =
        super::start(options.library.list()?, options.site, settings, today, options.folder.clone(), read_before);
    model.record.today_set = options.today_set;
    model.record.scratch = options.scratch;
    model.shelf = options.state.as_deref().map(super::worker::kept_shelf).unwrap_or_default();
    super::screen::finder::search(&mut model);
    model.last_format = options.state.as_deref().and_then(super::worker::kept_format);
    model.study = Arc::new(options.study.clone());
    let kept = options.data.as_ref().is_some_and(|folder| crate::store::file(folder).is_file());
    let reading = if kept { super::record::commands::at_start(&mut model) } else { Vec::new() };
    let world = World {
        state: options.state,
        home: options.home,
        folder: options.folder,
        now: options.now,
        data: options.data,
        study: options.study,
        usual_study: options.usual_study,
        library: options.library.clone(),
        today: options.today,
        command_line: options.command_line,
    };
    if options.plain {
        return Ok(super::plain::run(&mut model, world, reading)?);
    }
    // With NO_COLOR crossterm also drops reverse video; the monochrome theme uses no colour anyway.
    crossterm::style::force_color_output(true);
    let signals = Signals::listen()?;
    terminal::on_panic();
    terminal::take(mouse)?;
    let _guard = Guard;
    let mut app = App {
        screen: terminal::screen()?,
        worker: Worker::start(world),
        inputs: Inputs::new(),
        answer: Answer::default(),
        hits: Hits::new(),
        signals,
        mouse,
        library: options.library,
        editor: options.editor,
    };
    reading.into_iter().for_each(|effect| app.worker.ask(effect));
    if model.settings.follow {
        terminal::ask_background()?;
    }
    let ended = app.event_loop(&mut model, options.today, options.rest_of_today);
    // Also when the terminal went away under the program: what was asked for is still done.
    app.worker.finish();
    Ok(ended?)
}

struct App {
    screen: Screen,
    worker: Worker,
    inputs: Inputs,
    answer: Answer,
    hits: Hits,
    signals: Signals,
    mouse: bool,
    library: Library,
    editor: Option<String>,
}

impl App {
    fn event_loop(
        &mut self,
        model: &mut Model,
        today: fn() -> Date,
        rest_of_today: fn() -> Duration,
    ) -> io::Result<()> {
        let size = self.screen.size()?;
        self.handle(model, Message::Resize(size.width, size.height))?;
        self.draw(model)?;
        self.worker.ask(Effect::Read(model.regimens.clone()));
        self.worker.ask(Effect::Tasks);
        let (mut touched, lock) = (Instant::now(), Duration::from_secs(60 * u64::from(model.settings.lock_minutes)));
        loop {
            let mut changed = false;
            if self.take_keys(model, &mut changed)? {
                touched = Instant::now();
            } else if touched.elapsed() > lock {
                touched = Instant::now();
                changed |= model.shows_subjects();
                self.handle(model, Message::Idle)?;
            }
            while let Ok(message) = self.worker.reports.try_recv() {
                self.worker.reported(&message);
                changed = true;
                self.handle(model, message)?;
            }
            let now = today();
            if now != model.today {
                changed = true;
                self.handle(model, Message::Today(now))?;
            }
            if self.signals.suspended() {
                self.suspend()?;
                changed = true;
            }
            if self.signals.resumed() {
                self.redraw_all()?;
                changed = true;
            }
            if model.quit || self.signals.stop() {
                return Ok(());
            }
            if changed {
                self.draw(model)?;
            } else {
                let locks = (lock + Duration::from_millis(1)).saturating_sub(touched.elapsed());
                Inputs::sleep(locks.min(rest_of_today()).min(LONGEST_SLEEP));
            }
        }
    }

    /// Takes every event there is; whether there was one.
    fn take_keys(&mut self, model: &mut Model, changed: &mut bool) -> io::Result<bool> {
        let mut any = false;
        while !model.quit
            && let Some(event) = self.inputs.next()?
        {
            any = true;
            if let Some(message) = self.message(event) {
                *changed = true;
                self.handle(model, message)?;
            }
        }
        Ok(any)
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let mut hits = Hits::new();
        self.screen.draw(|frame| hits = view(model, frame))?;
        self.hits = hits;
        Ok(())
    }

    fn handle(&mut self, model: &mut Model, message: Message) -> io::Result<()> {
        for effect in update(model, message) {
            match effect {
                Effect::Copy(text) => terminal::copy(&text)?,
                Effect::Redraw => self.redraw_all()?,
                Effect::Suspend => self.suspend()?,
                Effect::Edit(regimens, at) => match self.edit(&regimens, at)? {
                    Ok(edited) => self.handle(model, Message::Done(0, Report::Edited(Box::new(edited))))?,
                    Err(why) => model.notify(Severity::Block, why),
                },
                job => self.worker.ask(job),
            }
        }
        Ok(())
    }

    /// Everything is drawn again with the next frame. (The library's own way first asks the terminal where its
    /// cursor is, and fails where no answer comes.)
    fn redraw_all(&mut self) -> io::Result<()> {
        self.screen = terminal::empty_screen()?;
        Ok(())
    }

    /// Back to the shell; `fg` returns here.
    fn suspend(&mut self) -> io::Result<()> {
        self.inputs.let_go();
        terminal::give_back();
        platform::suspend()?;
        terminal::take(self.mouse)?;
        self.redraw_all()
    }

    /// The person's editor in the terminal, and the library anew.
    fn edit(&mut self, regimens: &RegimenList, at: usize) -> io::Result<Result<Edited, String>> {
        let (path, copied) = match editor::file(regimens, at, self.library.user()) {
            Ok(file) => file,
            Err(why) => return Ok(Err(why)),
        };
        let failed = match self.editor.clone() {
            Some(editor) => {
                self.inputs.let_go();
                terminal::give_back();
                let ended = self.wait_for(&editor, &path);
                terminal::take(self.mouse)?;
                self.redraw_all()?;
                ended.err().map(|error| format!("The editor \"{editor}\" did not work: {error}."))
            }
            None => {
                Some("No editor is set: put VISUAL or EDITOR into the environment, such as EDITOR=nano.".to_owned())
            }
        };
        Ok(self.library.list().map_err(|error| error.to_string()).map(|entries| Edited {
            path,
            copied,
            failed,
            regimens: RegimenList(Arc::new(entries)),
        }))
    }

    /// Until the editor ends. Its Ctrl-Z stops this program too, or nobody would get the shell back.
    fn wait_for(&self, editor: &str, path: &Path) -> io::Result<()> {
        let mut child = platform::editor(editor, path).spawn()?;
        loop {
            if let Some(status) = child.try_wait()? {
                let ended = io::Error::other(status.to_string());
                return if status.success() { Ok(()) } else { Err(ended) };
            }
            if self.signals.stop() {
                return Ok(());
            }
            if self.signals.suspended() {
                platform::suspend()?;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn message(&mut self, event: Event) -> Option<Message> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(chord(key)?),
            Event::Paste(text) => Some(Message::Paste(text)),
            Event::Resize(columns, rows) => Some(Message::Resize(columns, rows)),
            Event::Mouse(mouse) => self.mouse(mouse),
            _ => None,
        }
    }

    /// A key, unless it is the terminal that speaks.
    fn key(&mut self, chord: Chord) -> Option<Message> {
        match self.answer.take(chord) {
            Taken::Key => Some(Message::Key(chord)),
            Taken::Part => None,
            Taken::Said(theme) => Some(Message::Background(theme)),
        }
    }

    fn mouse(&self, mouse: MouseEvent) -> Option<Message> {
        match mouse.kind {
            MouseEventKind::ScrollUp => Some(Message::Wheel(-1)),
            MouseEventKind::ScrollDown => Some(Message::Wheel(1)),
            MouseEventKind::Down(MouseButton::Left) => {
                let at = Position { x: mouse.column, y: mouse.row };
                self.hits.iter().rev().find(|(place, _)| place.contains(at)).map(|(_, message)| message.clone())
            }
            _ => None,
        }
    }
}

/// A key as the command table knows it.
fn chord(event: KeyEvent) -> Option<Chord> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let key = match event.code {
        KeyCode::Char(c) if ctrl => Key::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    Some(Chord { key, ctrl, alt })
}
