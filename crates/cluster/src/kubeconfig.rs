//! The process's own configuration -> which server, which credentials. Goes out: kube's `Config`,
//! or an error that names the file and the contexts there are.

use kube::Config;
use kube::config::{KubeConfigOptions, Kubeconfig, KubeconfigError};

use crate::{ConnectError, ConnectOptions};

/// First the file that was named, then `$KUBECONFIG`, then the home directory, then the pod.
pub(crate) async fn load(options: &ConnectOptions) -> Result<Config, ConnectError> {
    let Some((file, kubeconfig)) = find(options)? else {
        return in_cluster();
    };
    let context = choose(&file, &kubeconfig, options.context.clone())?;
    let chosen = KubeConfigOptions {
        context: Some(context.clone()),
        ..Default::default()
    };
    Config::from_custom_kubeconfig(kubeconfig, &chosen)
        .await
        .map_err(|source| ConnectError::BrokenContext {
            file,
            context,
            source,
        })
}

fn find(options: &ConnectOptions) -> Result<Option<(String, Kubeconfig)>, ConnectError> {
    if let Some(path) = &options.kubeconfig {
        let file = path.display().to_string();
        return named(file, Kubeconfig::read_from(path).map(Some));
    }
    if let Some(paths) = std::env::var_os("KUBECONFIG").filter(|paths| !paths.is_empty()) {
        return named(paths.to_string_lossy().into_owned(), Kubeconfig::from_env());
    }
    let home = std::env::home_dir().map(|home| home.join(".kube/config"));
    match home.filter(|path| path.is_file()) {
        Some(path) => named(
            path.display().to_string(),
            Kubeconfig::read_from(&path).map(Some),
        ),
        None => Ok(None),
    }
}

fn named(
    file: String,
    read: Result<Option<Kubeconfig>, KubeconfigError>,
) -> Result<Option<(String, Kubeconfig)>, ConnectError> {
    match read {
        Ok(kubeconfig) => Ok(kubeconfig.map(|kubeconfig| (file, kubeconfig))),
        Err(source) => Err(ConnectError::Unreadable { file, source }),
    }
}

fn choose(
    file: &str,
    kubeconfig: &Kubeconfig,
    wanted: Option<String>,
) -> Result<String, ConnectError> {
    let (file, known) = (file.to_owned(), || -> Vec<String> {
        kubeconfig
            .contexts
            .iter()
            .map(|context| context.name.clone())
            .collect()
    });
    let current = kubeconfig
        .current_context
        .clone()
        .filter(|name| !name.is_empty());
    let Some(context) = wanted.or(current) else {
        return Err(ConnectError::NoCurrentContext {
            file,
            known: known(),
        });
    };
    if !known().contains(&context) {
        return Err(ConnectError::NoSuchContext {
            file,
            context,
            known: known(),
        });
    }
    Ok(context)
}

fn in_cluster() -> Result<Config, ConnectError> {
    if std::env::var_os("KUBERNETES_SERVICE_HOST").is_none() {
        return Err(ConnectError::NoConfiguration);
    }
    Config::incluster().map_err(|source| ConnectError::ServiceAccount { source })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "
apiVersion: v1
kind: Config
clusters: [{name: here, cluster: {server: 'https://127.0.0.1:6443'}}]
users: [{name: me, user: {token: t}}]
contexts: [{name: dev, context: {cluster: here, user: me, namespace: team}}, {name: prod, context: {cluster: gone, user: me}}]
";

    async fn load_context(context: Option<&str>) -> Result<Config, ConnectError> {
        let kubeconfig = Kubeconfig::from_yaml(FILE).unwrap();
        let context = choose("the-file", &kubeconfig, context.map(str::to_owned))?;
        let chosen = KubeConfigOptions {
            context: Some(context.clone()),
            ..Default::default()
        };
        let config = Config::from_custom_kubeconfig(kubeconfig, &chosen).await;
        let file = "the-file".into();
        config.map_err(|source| ConnectError::BrokenContext {
            file,
            context,
            source,
        })
    }

    #[tokio::test]
    async fn a_context_is_chosen_by_name_with_its_namespace() {
        assert_eq!(
            load_context(Some("dev")).await.unwrap().default_namespace,
            "team"
        );
    }

    #[tokio::test]
    async fn errors_name_the_file_the_context_and_what_there_is() {
        for (context, words) in [
            (
                None,
                "the-file has no current context; choose one with --context: dev, prod",
            ),
            (
                Some("qa"),
                "the-file has no context \"qa\"; it has: dev, prod",
            ),
            (
                Some("prod"),
                "context \"prod\" of the kubeconfig the-file cannot be used",
            ),
        ] {
            let error = load_context(context).await.unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_not_there_is_named() {
        let path = "/nowhere/kubeconfig".into();
        let options = ConnectOptions {
            kubeconfig: Some(path),
            ..Default::default()
        };
        let error = load(&options).await.unwrap_err().to_string();
        assert!(error.contains("/nowhere/kubeconfig"), "{error}");
    }
}
