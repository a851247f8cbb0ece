using System.Reflection;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Redirections;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>A compiled library before and after its calls were redirected.</summary>
internal sealed class Redirected : IDisposable
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    private readonly AssemblyLoadContext _context = new("redirected", isCollectible: true);
    private readonly Assembly _before;
    private readonly Assembly _after;

    public Redirected(byte[] image, RedirectionTable table, CoverageFeatures features = CoverageFeatures.None)
    {
        Image = image;
        Result = Instrumenter.Instrument(image, null, "Lib.dll", new InstrumentationOptions { Features = features, Redirections = table });
        Assert.Empty(Result.LeftOut);
        _before = new AssemblyLoadContext("before", isCollectible: true).LoadFromStream(new MemoryStream(image));
        _after = _context.LoadFromStream(new MemoryStream(Result.Image));
    }

    /// <summary>The original.</summary>
    public byte[] Image { get; }

    /// <summary>What instrumentation gave.</summary>
    public InstrumentationResult Result { get; }

    /// <summary>What became of the uses.</summary>
    public RedirectedSites Sites => Result.Redirects!;

    /// <summary>Compiles static members of a class <c>C</c> and redirects their calls.</summary>
    public static Redirected Compile(string members, RedirectionTable table, CoverageFeatures features = CoverageFeatures.None) =>
        new(Compilation.Image("Lib", $"{Usings}public static class C {{ {members} }}"), table, features);

    /// <summary>What a method of the original returns, as text.</summary>
    public string Original(string method = "Run") => Invoke(_before, method);

    /// <summary>What a method returns after redirection, as text.</summary>
    public string Run(string method = "Run") => Invoke(_after, method);

    /// <summary>The IL of a method after redirection.</summary>
    public byte[] Il(string method) => _after.GetType("C")!.GetMethod(method)!.GetMethodBody()!.GetILAsByteArray()!;

    public void Dispose() => _context.Unload();

    private static string Invoke(Assembly assembly, string method)
    {
        try
        {
            return string.Create(null, $"{assembly.GetType("C", throwOnError: true)!.GetMethod(method)!.Invoke(null, null)}");
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }
    }
}
