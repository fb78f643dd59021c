package main

// The testbed's own client of its API server: whether it is ready, its nodes, namespaces for tests.
//
// In: a kubeconfig. Out: answers and objects. Tests do not go through this; they use the API server as any client would.

import (
	"context"
	"fmt"
	"net/http"
	"time"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

type cluster struct{ client kubernetes.Interface }

func connect(kubeconfig string) (*cluster, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("cannot read the testbed's own kubeconfig %s: %w", kubeconfig, err)
	}
	config.QPS = -1 // no limit
	config.Timeout = 5 * time.Second
	config.UserAgent = "testbed"
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, fmt.Errorf("cannot make a client from %s: %w", kubeconfig, err)
	}
	return &cluster{client}, nil
}

// ready asks the API server whether it serves.
func (c *cluster) ready(ctx context.Context) error {
	return c.client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
}

// createNodes makes n simulated nodes, each large enough for any test.
func (c *cluster) createNodes(ctx context.Context, n int) error {
	room := core.ResourceList{
		core.ResourceCPU:    resource.MustParse("1000"),
		core.ResourceMemory: resource.MustParse("1000Gi"),
		core.ResourcePods:   resource.MustParse("100000"),
	}
	for i := range n {
		name := fmt.Sprintf("node-%d", i+1)
		node := &core.Node{
			ObjectMeta: meta.ObjectMeta{
				Name:        name,
				Labels:      map[string]string{core.LabelHostname: name, core.LabelOSStable: "linux", core.LabelArchStable: "amd64"},
				Annotations: map[string]string{"kwok.x-k8s.io/node": "fake"},
			},
			Status: core.NodeStatus{Allocatable: room, Capacity: room},
		}
		if _, err := c.client.CoreV1().Nodes().Create(ctx, node, meta.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
			return fmt.Errorf("cannot create the node %s: %w", name, err)
		}
	}
	return nil
}

// nodesReady fails until n nodes take pods: their condition is Ready and no taint keeps pods off.
func (c *cluster) nodesReady(n int) func(context.Context) error {
	return func(ctx context.Context) error {
		nodes, err := c.client.CoreV1().Nodes().List(ctx, meta.ListOptions{})
		if err != nil {
			return err
		}
		count := 0
		for _, node := range nodes.Items {
			if takesPods(node) {
				count++
			}
		}
		if count < n {
			return fmt.Errorf("%d of %d nodes take pods", count, n)
		}
		return nil
	}
}

func takesPods(node core.Node) bool {
	for _, condition := range node.Status.Conditions {
		if condition.Type == core.NodeReady && condition.Status == core.ConditionTrue {
			return len(node.Spec.Taints) == 0
		}
	}
	return false
}

// createNamespace makes a namespace with a unique name and returns when pods can be created in it.
func (c *cluster) createNamespace(ctx context.Context, prefix string) (string, error) {
	wanted := &core.Namespace{ObjectMeta: meta.ObjectMeta{GenerateName: prefix + "-", Labels: map[string]string{"testbed": "true"}}}
	made, err := c.client.CoreV1().Namespaces().Create(ctx, wanted, meta.CreateOptions{})
	if err != nil {
		return "", fmt.Errorf("cannot create a namespace named %s-...: %w", prefix, err)
	}
	for {
		_, err := c.client.CoreV1().ServiceAccounts(made.Name).Get(ctx, "default", meta.GetOptions{})
		if err == nil {
			return made.Name, nil
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("the namespace %s got no service account in time, so no pod can be created in it (is kube-controller-manager running?): %w", made.Name, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// etcdHealthy asks etcd whether it serves.
func (s *supervisor) etcdHealthy(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.ports.etcd.address()+"/health", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("etcd answers %s", response.Status)
	}
	return nil
}
