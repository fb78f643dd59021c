//! Git over SSH, by the real sshd.
//!
//! In: a folder of bare repositories. Out: an address, a client's key and the server's known-hosts line. Each connection is
//! served by an `sshd -i` of its own on the socket that we accepted, so that the port is ours from the start and no daemon
//! is left behind. Sessions run as the user who runs the tests.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

/// A running SSH server; dropping it closes its port.
pub struct SshServer {
    root: PathBuf,
    user: String,
    port: u16,
    files: TempDir,
    ended: Arc<AtomicBool>,
}

impl SshServer {
    /// Serves the repositories below `root`, or says what is not installed.
    pub fn start(root: &Path) -> Result<SshServer, String> {
        let sshd = find_sshd()?;
        let root = root
            .canonicalize()
            .map_err(|e| format!("cannot find {}: {e}", root.display()))?;
        let files = tempfile::Builder::new()
            .prefix("testbed-ssh-")
            .tempdir()
            .map_err(|e| format!("cannot make a temporary folder: {e}"))?;
        make_key(&files.path().join("host"))?;
        make_key(&files.path().join("client"))?;
        // sshd wants this folder when it runs as root, and a system where no sshd service ever ran lacks it. Where it may
        // not be created, we are not root.
        let _ = std::fs::create_dir_all("/run/sshd");
        let user = run(Command::new("id").arg("-un"))?;

        let listener = TcpListener::bind("127.0.0.1:0")
            .map_err(|e| format!("cannot listen on 127.0.0.1: {e}"))?;
        let port = listener
            .local_addr()
            .map_err(|e| format!("cannot read the listener's address: {e}"))?
            .port();
        let server = SshServer {
            root,
            user,
            port,
            files,
            ended: Arc::default(),
        };
        server.write("sshd_config", &server.configuration())?;
        server.write("known_hosts", &server.known_hosts_line()?)?;

        let (config, log) = (server.file("sshd_config"), server.file("sshd.log"));
        let ended = Arc::clone(&server.ended);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (sshd, config, log) = (sshd.clone(), config.clone(), log.clone());
                // A connection that fails shows at the client; why stands in the log.
                std::thread::spawn(move || serve(&sshd, &config, &log, connection));
            }
        });
        Ok(server)
    }

    /// The address of the repository that was created by this name, such as `ssh://ada@127.0.0.1:34567/tmp/x/app.git`.
    pub fn url_of(&self, name: &str) -> String {
        format!(
            "ssh://{}@127.0.0.1:{}{}/{name}.git",
            self.user,
            self.port,
            self.root.display()
        )
    }

    /// The private key that the server lets in (OpenSSH format, ed25519, no passphrase).
    pub fn client_key(&self) -> PathBuf {
        self.file("client")
    }

    /// A known-hosts file with the server's key.
    pub fn known_hosts(&self) -> PathBuf {
        self.file("known_hosts")
    }

    /// What to give git as `GIT_SSH_COMMAND`.
    pub fn git_ssh_command(&self) -> String {
        format!(
            "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile={} -i {}",
            self.known_hosts().display(),
            self.client_key().display()
        )
    }

    /// What sshd logged: the reason when a client is not let in.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.file("sshd.log")).unwrap_or_default()
    }

    fn known_hosts_line(&self) -> Result<String, String> {
        let public = self.file("host.pub");
        let key = std::fs::read_to_string(&public)
            .map_err(|e| format!("cannot read {}: {e}", public.display()))?;
        Ok(format!("[127.0.0.1]:{} {key}", self.port))
    }

    fn configuration(&self) -> String {
        [
            format!("HostKey {}", self.file("host").display()),
            format!("AuthorizedKeysFile {}", self.file("client.pub").display()),
            "StrictModes no".into(), // the key files' folder is a temporary one
            "UsePAM no".into(),
            "PasswordAuthentication no".into(),
            "KbdInteractiveAuthentication no".into(),
            "PermitRootLogin prohibit-password".into(),
            "PrintMotd no".into(),
            "PidFile none".into(),
            "AcceptEnv GIT_PROTOCOL".into(), // without it git falls back to protocol version 0
            "SetEnv GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1".into(),
            String::new(),
        ]
        .join("\n")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.file(name);
        std::fs::write(&path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))
    }
}

impl Drop for SshServer {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port)); // wakes the listener so that it sees the end
    }
}

fn serve(sshd: &Path, config: &Path, log: &Path, connection: TcpStream) -> io::Result<()> {
    let input: OwnedFd = connection.try_clone()?.into();
    let output: OwnedFd = connection.into();
    let mut command = Command::new(sshd);
    command.arg("-i").arg("-f").arg(config).arg("-E").arg(log);
    let mut child = command
        .stdin(Stdio::from(input))
        .stdout(Stdio::from(output))
        .stderr(Stdio::null())
        .spawn()?;
    drop(command); // it holds the connection too
    child.wait()?;
    Ok(())
}

/// sshd insists on being called by its full path, and is seldom on a user's PATH.
fn find_sshd() -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join("sshd"))
        .find(|file| file.is_file())
        .ok_or_else(|| "sshd is not installed: install the package openssh-server".to_owned())
}

fn make_key(path: &Path) -> Result<(), String> {
    run(Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "testbed", "-f"])
        .arg(path))
    .map(drop)
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|e| format!("cannot run {command:?}: {e}; is it installed?"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned())
    } else {
        Err(format!(
            "{command:?} failed: {}",
            String::from_utf8_lossy(&output.stderr).trim_end()
        ))
    }
}
