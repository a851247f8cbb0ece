using Edgewise.Cli.Options;
using Edgewise.Cli.Rendering;
using Edgewise.Kernel;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;
using Edgewise.Kernel.Machine;
using Edgewise.Kernel.Modes;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>One call of <c>edgewise kcov run</c>.</summary>
/// <param name="Program">The program and its arguments.</param>
internal sealed record KcovRunRequest(IReadOnlyList<string> Program)
{
    /// <summary>What to record.</summary>
    public string Mode { get; init; } = "pc";

    /// <summary>Words of the area; null for the default.</summary>
    public string? Words { get; init; }

    /// <summary>True to run again until all of it fits.</summary>
    public bool Grows { get; init; }

    /// <summary>A handle of remote coverage.</summary>
    public string? Remote { get; init; }

    /// <summary>The kernel's file.</summary>
    public string? ImagePath { get; init; }

    /// <summary>Where the result goes.</summary>
    public string? OutputFile { get; init; }

    /// <summary>In which form it goes there.</summary>
    public KcovFormat Format { get; init; }

    /// <summary>Where JSON goes; <c>-</c> is standard output, null is nowhere.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Where the kernel tells of itself.</summary>
    public KernelFiles Files { get; init; } = new();

    /// <summary>The kernel; null for that of this machine.</summary>
    public IKernelCalls? Calls { get; init; }

    /// <summary>True if this process runs as root.</summary>
    public bool IsRoot { get; init; } = Environment.IsPrivilegedProcess;

    /// <summary>What is recorded, in place of the program.</summary>
    public IKernelWork? Work { get; init; }

    /// <summary>Does it.</summary>
    /// <returns>The program's own exit code, or 1 where this command failed.</returns>
    public int Execute(CommandReport report)
    {
        JsonOutput.Check(JsonFile, report);
        JsonOutput.Check(OutputFile, report, "--output");
        KernelModes modes = KcovSwitches.Modes(Mode).Tell(report);
        int words = KcovSwitches.Words(Words).Tell(report);
        ulong? handle = KcovSwitches.Handle(Remote).Tell(report);
        if (report.ErrorCount > 0)
        {
            return CommandReport.Failure;
        }

        try
        {
            int exitCode = 0;
            CheckDevice();
            IKernelWork work = Work ?? KcovLauncher.Of(Program, code => exitCode = code);
            RunningKernel kernel = RunningKernel.Read(Files);
            KernelImage? image = ImagePath is null ? null : KernelImage.Open(ImagePath);
            image?.CheckIs(kernel);
            // Before the program runs: what it would do in vain cannot be taken back.
            KcovNames names = KcovNames.Of(kernel, image, isNeeded: OutputFile is not null && Format == KcovFormat.Showmap);
            KernelRecord record = KernelCollector.Collect(
                work, new CollectionOptions { Modes = modes, Words = words, Grows = Grows, RemoteHandle = handle, DevicePath = Files.Device, Calls = Calls });
            Tell(new KcovResult(Program, kernel, image, names, record, exitCode), report);
            return report.ErrorCount > 0 ? CommandReport.Failure : exitCode;
        }
        catch (Exception e) when (e is KernelException or KcovException or SupervisionException)
        {
            report.Error(e.Message);
            return CommandReport.Failure;
        }
    }

    private void CheckDevice()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new KernelException("kcov is of the Linux kernel; this system is none");
        }

        try
        {
            KcovDevice.Open(Files.Device, Calls).Dispose();
        }
        catch (KcovException e)
        {
            throw new KernelException(KcovDiagnosis.Of(Files, e.Error, IsRoot), e);
        }
    }

    private void Tell(KcovResult result, CommandReport report)
    {
        List<string> warnings = [];
        KcovPlaces places = KcovPlaces.Find(result, warnings);
        foreach (string warning in warnings)
        {
            report.Note(warning);
        }

        if (OutputFile is not null)
        {
            KcovOutput.Write(OutputFile, Format, result, places, report);
        }

        if (!JsonOutput.ReplacesText(JsonFile))
        {
            report.Output.Write(KcovText.Of(result, places));
        }

        JsonOutput.Write(JsonFile, report, json => KcovJson.Write(json, result, places));
    }
}
