using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Workloads;

/// <summary>Loads YAML documents, writes them, loads what was written, and binds one to objects and back.</summary>
public static class YamlDotNetWorkload
{
    /// <summary>A container of a deployment.</summary>
    public sealed class Container
    {
        /// <summary>Name of the container.</summary>
        public string Name { get; set; } = "";

        /// <summary>Number of copies.</summary>
        public int Replicas { get; set; }

        /// <summary>Share of a processor.</summary>
        public double Share { get; set; }

        /// <summary>When it was made.</summary>
        public DateTime? CreatedAt { get; set; }

        /// <summary>Ports it listens on.</summary>
        public List<int> Ports { get; set; } = [];

        /// <summary>Free labels.</summary>
        public Dictionary<string, string> Labels { get; set; } = [];
    }

    /// <summary>Runs <see cref="Documents.Deployment"/> through the representation model and <see cref="Container"/>s through the serializer.</summary>
    public static string Run()
    {
        YamlStream stream = Load(Documents.Deployment);
        Check.That(stream.Documents.Count == 2, "there are two documents");
        string written = Save(stream);
        Check.That(Save(Load(written)) == written, "what was written is read as the same");

        object? graph = new DeserializerBuilder().Build().Deserialize<object>(new StringReader(Bindable));
        string json = new SerializerBuilder().JsonCompatible().Build().Serialize(graph!);

        IDeserializer deserializer = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        ISerializer serializer = new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        List<Container> containers = deserializer.Deserialize<List<Container>>(Bindable);
        Check.That(containers[1].Ports is [80, 443], "the ports of the second container are read");
        return string.Join('\f', written, json, serializer.Serialize(containers), ErrorOf("a: [1, 2\nb: }"), ErrorOf("a: *nowhere"));
    }

    private const string Bindable = """
        - name: collector
          replicas: 3
          share: 0.5
          created_at: 2025-03-14T10:00:00Z
          labels: &common {tier: backend, "odd key": "a\tb"}
        - name: 'sidecar'
          replicas: 0x10
          share: 1e-2
          ports: [80, 443]
          labels: *common
        """;

    private static YamlStream Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream;
    }

    private static string Save(YamlStream stream)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        stream.Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static string ErrorOf(string text)
    {
        try
        {
            Load(text);
            return "no error";
        }
        catch (Exception exception) when (exception is YamlDotNet.Core.YamlException or InvalidOperationException)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }
}
