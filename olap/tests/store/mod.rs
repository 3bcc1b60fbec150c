//! An object store that speaks S3 over a folder, with a gate: the reads of whoever holds certain keys wait before it until the
//! test lets them through. So a test can be sure that work is going on, and whose.

use std::path::Path;
use std::sync::{Arc, Mutex};

use hyper::body::Incoming;
use hyper::header::AUTHORIZATION;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Whoever reads has keys of his own, all with this secret.
const SECRET: &str = "no-secret-at-all";

pub struct Store {
    endpoint: String,
    gate: Arc<Gate>,
    _runtime: tokio::runtime::Runtime,
}

struct Gate {
    open: watch::Sender<bool>,
    /// Part of the names of objects that wait.
    objects: &'static str,
    /// Keys whose reads wait.
    keys: Vec<String>,
    waiting: Mutex<Vec<String>>,
}

impl Store {
    /// Serves the folders under `root` as buckets, to those with keys; holds back reads of `objects` by `held`.
    pub fn open(root: &Path, keys: &[&str], held: &[&str], objects: &'static str) -> Self {
        let mut auth = SimpleAuth::new();
        for key in keys {
            auth.register((*key).to_owned(), SECRET.into());
        }
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
        builder.set_auth(auth);
        let gate = Arc::new(Gate {
            open: watch::Sender::new(false),
            objects,
            keys: held.iter().map(|key| (*key).to_owned()).collect(),
            waiting: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(serve(listener, builder.build(), gate.clone()));
        Self { endpoint, gate, _runtime: runtime }
    }

    /// The environment of a process that may read.
    pub fn keys<'a>(&'a self, key: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("AWS_ENDPOINT", &self.endpoint),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "vn"),
            ("AWS_ACCESS_KEY_ID", key),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
        ]
    }

    /// Who came first to the gate and waits there.
    pub fn first_waiting(&self) -> Option<String> {
        self.gate.waiting.lock().unwrap().first().cloned()
    }

    /// Lets everybody through from now on.
    pub fn open_gate(&self) {
        self.gate.open.send_replace(true);
    }
}

async fn serve(listener: TcpListener, service: S3Service, gate: Arc<Gate>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (service, gate) = (service.clone(), gate.clone());
        let guarded = service_fn(move |request: Request<Incoming>| {
            let (service, gate) = (service.clone(), gate.clone());
            async move {
                gate.pass(&request).await;
                service.call(request.map(s3s::Body::from)).await
            }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), guarded));
    }
}

impl Gate {
    async fn pass(&self, request: &Request<Incoming>) {
        let signed = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let held = self.keys.iter().find(|key| signed.contains(&format!("Credential={key}/")));
        let Some(key) = held else { return };
        if request.method() == Method::GET && request.uri().path().contains(self.objects) {
            self.waiting.lock().unwrap().push(key.clone());
            // Nobody closes the gate for good: the store outlives those who wait.
            let _ = self.open.subscribe().wait_for(|open| *open).await;
        }
    }
}
