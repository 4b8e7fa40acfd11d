//! What the loop waits for without asking again and again: keys, what the worker reports, signals, the next deadline.
//!
//! A small executor is all it takes: the loop's thread sleeps until one of them unparks it. What comes in between the
//! last look and the sleep is not missed, for an unparked thread does not fall asleep.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_core::Stream;

/// Wakes the thread of the loop.
#[derive(Clone)]
pub struct Bell(Thread);

impl Bell {
    /// Of the thread that asks.
    pub fn here() -> Self {
        Self(thread::current())
    }

    /// Something has come for it.
    pub fn ring(&self) {
        self.0.unpark();
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.ring();
    }
}

/// The keys, the mouse and the size of the terminal, while it is ours.
pub struct Inputs {
    waker: Waker,
    events: Option<EventStream>,
}

impl Inputs {
    /// Of the thread that reads them.
    pub fn new() -> Self {
        Self { waker: Waker::from(Arc::new(Bell::here())), events: None }
    }

    /// What has come in; where nothing has, the thread is woken when something does.
    pub fn next(&mut self) -> io::Result<Option<Event>> {
        let events = self.events.get_or_insert_default();
        match pin!(events).poll_next(&mut Context::from_waker(&self.waker)) {
            Poll::Ready(Some(event)) => event.map(Some),
            Poll::Ready(None) | Poll::Pending => Ok(None),
        }
    }

    /// Nothing is read from here on until somebody asks again: an editor or the shell is the keyboard's only reader.
    pub fn let_go(&mut self) {
        self.events = None;
    }

    /// Sleeps until something has come, at most so long.
    pub fn sleep(most: Duration) {
        thread::park_timeout(most);
    }
}
