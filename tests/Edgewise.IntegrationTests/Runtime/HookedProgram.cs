using System.Diagnostics;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Runtime;

/// <summary>
/// A program with five points of which it counts 0 and 2, run in a process of its own with the start-up hook. Its argument says how it ends;
/// <c>environment</c> prints what it sees of its surroundings.
/// </summary>
internal sealed partial class HookedProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HookedProgram()
    {
        var module = new EmittedModule("Ending", 5);
        File.WriteAllBytes(_folder.File("Ending.dll"), module.BuildProgram(EmitEnds));
        File.Copy(Hook, _folder.File("Edgewise.Runtime.dll"));
        File.WriteAllText(
            _folder.File("Ending.runtimeconfig.json"),
            """{"runtimeOptions":{"tfm":"net10.0","framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"},"configProperties":{"System.GC.Concurrent":false}}}""");
    }

    public static string Hook => typeof(Edgewise.Runtime.Host).Assembly.Location;

    /// <summary>Folder of the program, and its working directory.</summary>
    public string Folder => _folder.Path;

    /// <summary>Runs the program without hook or variables of ours.</summary>
    public ProgramEnd RunPlain(string end, int signal = 0) => Run(end, signal, []);

    /// <summary>Runs the program with the hook.</summary>
    public ProgramEnd RunHooked(string end, int signal = 0, params (string Name, string Value)[] variables) =>
        Run(end, signal, [("DOTNET_STARTUP_HOOKS", Hook), .. variables]);

    public void Dispose() => _folder.Dispose();

    private ProgramEnd Run(string end, int signal, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [_folder.File("Ending.dll"), end])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = string.Empty;
        if (signal != 0)
        {
            output = process.StandardOutput.ReadLine() + "\n";
            Assert.Equal(0, Kill(process.Id, signal));
        }

        output += process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(300_000), "the program hangs");
        return new ProgramEnd(process.Id, process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static void EmitEnds(TypeBuilder code, ILGenerator il)
    {
        EmitEnd(il, "return", () => il.Emit(OpCodes.Ldc_I4_3));
        EmitEnd(il, "exit", () =>
        {
            il.Emit(OpCodes.Ldc_I4_5);
            il.Emit(OpCodes.Call, typeof(Environment).GetMethod(nameof(Environment.Exit))!);
            il.Emit(OpCodes.Ldc_I4_0);
        });
        EmitEnd(il, "throw", () =>
        {
            il.Emit(OpCodes.Newobj, typeof(FormatException).GetConstructor([])!);
            il.Emit(OpCodes.Throw);
        });
        EmitEnd(il, "failfast", () =>
        {
            il.Emit(OpCodes.Ldstr, "on purpose");
            il.Emit(OpCodes.Call, typeof(Environment).GetMethod(nameof(Environment.FailFast), [typeof(string)])!);
            il.Emit(OpCodes.Ldc_I4_0);
        });
        EmitEnd(il, "wait", () =>
        {
            il.Emit(OpCodes.Ldstr, "ready");
            il.Emit(OpCodes.Call, typeof(Console).GetMethod(nameof(Console.WriteLine), [typeof(string)])!);
            il.Emit(OpCodes.Ldc_I4, 30_000);
            il.Emit(OpCodes.Call, typeof(Thread).GetMethod(nameof(Thread.Sleep), [typeof(int)])!);
            il.Emit(OpCodes.Ldc_I4_0);
        });
        EmitEnd(il, "coverage", () => EmitCoverage(il));
        EmitEnd(il, "environment", () => EmitEnvironment(code, il));
        il.Emit(OpCodes.Ldc_I4_M1);
    }

    /// <summary>Availability, points and covered points, before and after a reset.</summary>
    private static void EmitCoverage(ILGenerator il)
    {
        Print(nameof(Edgewise.Runtime.Coverage.IsAvailable));
        Print(nameof(Edgewise.Runtime.Coverage.PointCount));
        Print(nameof(Edgewise.Runtime.Coverage.CoveredCount));
        il.Emit(OpCodes.Call, typeof(Edgewise.Runtime.Coverage).GetMethod(nameof(Edgewise.Runtime.Coverage.Reset))!);
        Print(nameof(Edgewise.Runtime.Coverage.CoveredCount));
        il.Emit(OpCodes.Ldc_I4_0);

        void Print(string property)
        {
            System.Reflection.MethodInfo get = typeof(Edgewise.Runtime.Coverage).GetProperty(property)!.GetMethod!;
            il.Emit(OpCodes.Call, get);
            il.Emit(OpCodes.Call, typeof(Console).GetMethod(nameof(Console.WriteLine), [get.ReturnType])!);
        }
    }

    private static void EmitEnd(ILGenerator il, string name, Action end)
    {
        Label other = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Ldstr, name);
        il.Emit(OpCodes.Call, typeof(string).GetMethod(nameof(string.Equals), [typeof(string), typeof(string)])!);
        il.Emit(OpCodes.Brfalse, other);
        end();
        il.Emit(OpCodes.Ret);
        il.MarkLabel(other);
    }

    /// <summary>The base directory, then the environment that a native child sees, which managed code does not pass on.</summary>
    private static void EmitEnvironment(TypeBuilder code, ILGenerator il)
    {
        MethodBuilder system = code.DefinePInvokeMethod(
            "system", "libc", System.Reflection.MethodAttributes.Static | System.Reflection.MethodAttributes.Private | System.Reflection.MethodAttributes.PinvokeImpl,
            System.Reflection.CallingConventions.Standard, typeof(int), [typeof(string)], CallingConvention.Cdecl, CharSet.Ansi);
        il.Emit(OpCodes.Call, typeof(AppContext).GetProperty(nameof(AppContext.BaseDirectory))!.GetMethod!);
        il.Emit(OpCodes.Call, typeof(Console).GetMethod(nameof(Console.WriteLine), [typeof(string)])!);
        foreach (string name in new[] { "DOTNET_STARTUP_HOOKS", "EDGEWISE_MAP_FILE", "EDGEWISE_BASE_DIRECTORY" })
        {
            il.Emit(OpCodes.Ldstr, $"{name}=");
            il.Emit(OpCodes.Ldstr, name);
            il.Emit(OpCodes.Call, typeof(Environment).GetMethod(nameof(Environment.GetEnvironmentVariable), [typeof(string)])!);
            il.Emit(OpCodes.Call, typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!);
            il.Emit(OpCodes.Call, typeof(Console).GetMethod(nameof(Console.WriteLine), [typeof(string)])!);
        }

        il.Emit(OpCodes.Ldstr, "env | grep -E '^(DOTNET_STARTUP_HOOKS|EDGEWISE_)' | sort");
        il.Emit(OpCodes.Call, system);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
