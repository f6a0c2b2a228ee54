// Command manifests reads Kubernetes objects from its standard input, as YAML documents, and prints those that the API server
// would refuse: unknown or repeated fields, and values of a wrong type. It knows the kinds of Kubernetes and of Flux.
//
//	manifests < objects.yaml
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	helm "github.com/fluxcd/helm-controller/api/v2"
	kustomize "github.com/fluxcd/kustomize-controller/api/v1"
	source "github.com/fluxcd/source-controller/api/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
)

func main() {
	for _, add := range []func(*runtime.Scheme) error{helm.AddToScheme, kustomize.AddToScheme, source.AddToScheme} {
		if err := add(scheme.Scheme); err != nil {
			panic(err)
		}
	}
	decoder := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	reader := yaml.NewYAMLReader(bufio.NewReader(os.Stdin))
	refused, accepted := 0, 0
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			panic(err)
		}
		if _, _, err := decoder.Decode(document, nil, nil); err != nil {
			fmt.Println(err)
			refused++
		} else {
			accepted++
		}
	}
	fmt.Printf("%d accepted, %d refused\n", accepted, refused)
	if refused > 0 {
		os.Exit(1)
	}
}
