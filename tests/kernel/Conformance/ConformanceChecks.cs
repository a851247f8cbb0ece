using System.Globalization;
using Edgewise.Kernel.Device;

namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>What kcov of Linux 6.1 does: states, errors, capacities, who is traced. Run in the guest against its kernel, and elsewhere against what that kernel answered.</summary>
public static partial class ConformanceChecks
{
    private const int Page = 512, Room = 64 << 10;
    private const string Ok = "OK";

    /// <summary>All checks, in the order in which they are run and recorded.</summary>
    public static IReadOnlyList<ConformanceCheck> All { get; } = [.. States, .. Mappings, .. Tasks, .. Remotes, .. Records, .. Library];

    private static ConformanceCheck[] States =>
    [
        new("INIT_TRACE with 1 word", "EINVAL SizeOutOfRange", lab => Fresh(lab, device => device.Initialize(KcovDevice.LeastWords - 1))),
        new("INIT_TRACE with 2 words", Ok, lab => Fresh(lab, device => device.Initialize(KcovDevice.LeastWords))),
        new("INIT_TRACE above INT_MAX/8 words", "EINVAL SizeOutOfRange", lab => Fresh(lab, device => device.Initialize(KcovDevice.MostWords + 1L))),
        new("INIT_TRACE twice", "EBUSY AlreadyInitialized", lab => Ready(lab, device => device.Initialize(Page))),
        new("ENABLE before INIT_TRACE", "EINVAL NotInitialized", lab => Fresh(lab, device => device.Enable(0))),
        new("ENABLE with TRACE_PC", Ok, lab => Ready(lab, device => device.Enable(0))),
        new("ENABLE with TRACE_CMP", Ok, lab => Ready(lab, device => device.Enable(1))),
        new("ENABLE with modes 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16 and 2^63", Repeated("EINVAL ModeUnknown", 13), lab => string.Join(", ",
            new ulong[] { 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 1ul << 63 }.Select(mode => Ready(lab, device => device.Enable(mode))))),
        new("ENABLE twice", "EINVAL AlreadyEnabled", lab => Enabled(lab, device => device.Enable(0))),
        new("DISABLE before ENABLE", "EINVAL NotEnabledHere", lab => Ready(lab, device => device.Disable())),
        new("DISABLE with 1", "EINVAL Other", lab => Enabled(lab, device => Control(lab, device, KcovRequests.Disable, 1))),
        new("DISABLE twice", "EINVAL NotEnabledHere", lab => Enabled(lab, device => { device.Disable(); device.Disable(); })),
        new("ENABLE, DISABLE, ENABLE with another mode", Ok, lab => Enabled(lab, device => { device.Disable(); device.Enable(1); })),
        new("UNIQUE_ENABLE, which is proposed", "ENOTTY UnknownRequest", lab => Ready(lab, device => device.EnableUnique(8))),
        new("RESET_TRACE, which is proposed", "ENOTTY UnknownRequest", lab => Enabled(lab, device => device.ResetTrace())),
        new("a request that nobody has", "ENOTTY Other", lab => Ready(lab, device => Control(lab, device, 0x63FF, 0))),
    ];

    private static ConformanceCheck[] Mappings =>
    [
        new("mmap before INIT_TRACE", "EINVAL NotInitialized", lab => Fresh(lab, device => device.Map())),
        new("mmap of the whole area", Ok, lab => Ready(lab, device => device.Map().Dispose())),
        new("mmap for reading alone", Ok, lab => Ready(lab, device => device.Map(isWritable: false).Dispose())),
        new("mmap of half the area", "EINVAL", lab => WithWords(lab, 2 * Page, device => lab.Calls.Map(device.Descriptor, 0, Page * sizeof(ulong), isWritable: true))),
        new("mmap of twice the area", "EINVAL", lab => WithWords(lab, Page, device => lab.Calls.Map(device.Descriptor, 0, 2 * Page * sizeof(ulong), isWritable: true))),
        new("mmap behind the area, where edges are proposed", "EINVAL MappingRefused", lab => Ready(lab, device => device.Map(number: 1))),
        new("mmap of 1000 words, which are no whole pages", "EINVAL MappingRefused", lab => AnswerOnDevice(lab, 1000, device => device.Map())),
        new("a view for reading and one for writing have the same count", "same, above 0", lab => Traced(lab, Page, 0, (device, area) =>
        {
            using KcovArea view = device.Map(isWritable: false);
            lab.Perform(KernelWork.OneRead);
            device.Disable();
            return view.Count == area.Count && area.Count > 0 && view.Pcs.SequenceEqual(area.Pcs) ? "same, above 0" : Text($"{view.Count} and {area.Count}");
        })),
        new("a mapping outlives the device", "same, above 0", lab =>
        {
            KcovDevice device = lab.Open(Page);
            using KcovArea area = device.Map();
            device.Enable(0);
            lab.Perform(KernelWork.OneRead);
            device.Disable();
            ulong before = area.Count;
            device.Dispose();
            return area.Count == before && before > 0 ? "same, above 0" : Text($"{before} and {area.Count}");
        }),
    ];

    private static string Fresh(KernelLab lab, Action<KcovDevice> action)
    {
        using KcovDevice device = lab.Open();
        return Answer(device, action);
    }

    private static string Ready(KernelLab lab, Action<KcovDevice> action) => AnswerOnDevice(lab, Page, action);

    private static string AnswerOnDevice(KernelLab lab, long words, Action<KcovDevice> action)
    {
        using KcovDevice device = lab.Open(words);
        return Answer(device, action);
    }

    private static string Enabled(KernelLab lab, Action<KcovDevice> action) => Ready(lab, device =>
    {
        device.Enable(0);
        action(device);
    });

    private static string WithWords(KernelLab lab, long words, Func<KcovDevice, long> call)
    {
        using KcovDevice device = lab.Open(words);
        return call(device) is < 0 and var error ? ErrorNumber.NameOf((int)-error) : Ok;
    }

    // A device that is closed while it traces goes on to the thread's end, so it has to be disabled first.
    private static string Answer(KcovDevice device, Action<KcovDevice> action)
    {
        string answer = KernelLab.AnswerOf(() => action(device));
        KernelLab.AnswerOf(device.Disable);
        return answer;
    }

    // For requests that the library does not make.
    private static void Control(KernelLab lab, KcovDevice device, ulong request, ulong argument)
    {
        int error = -lab.Calls.Control(device.Descriptor, request, argument);
        if (error != 0)
        {
            throw new KcovException(KcovFailure.Other, error, "a raw request");
        }
    }

    private static string Traced(KernelLab lab, int words, ulong mode, Func<KcovDevice, KcovArea, string> action)
    {
        using KcovDevice device = lab.Open(words);
        using KcovArea area = device.Map();
        device.Enable(mode);
        try
        {
            return action(device, area);
        }
        finally
        {
            KernelLab.AnswerOf(device.Disable);
        }
    }

    private static string Repeated(string text, int count) => string.Join(", ", Enumerable.Repeat(text, count));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
