using Edgewise.Kernel.Device;

namespace Edgewise.Tests.Kernel.Conformance;

/// <content>Who is traced, and for whom.</content>
public static partial class ConformanceChecks
{
    private const ulong Handle = 0x1234, UsbHandle = (1ul << 56) | 7;

    private static ConformanceCheck[] Tasks =>
    [
        new("a second device on a traced thread", "EBUSY TaskIsTraced", lab =>
        {
            using KcovDevice other = lab.Open(Page);
            return Enabled(lab, _ => other.Enable(0));
        }),
        new("another thread enables an enabled device", "EINVAL AlreadyEnabled", lab => Traced(lab, Page, 0, (device, _) => KernelLab.OnOtherThread(() => KernelLab.AnswerOf(() => device.Enable(0))))),
        new("another thread disables", "EINVAL NotEnabledHere", lab => Traced(lab, Page, 0, (device, _) => KernelLab.OnOtherThread(() => KernelLab.AnswerOf(device.Disable)))),
        new("a thread's end disables", Ok, lab =>
        {
            using KcovDevice device = lab.Open(Page);
            KernelLab.OnOtherThread(() => KernelLab.AnswerOf(() => device.Enable(0)));
            // Join returns before the kernel has taken the thread apart.
            string answer = "";
            for (int i = 0; i < 1000 && answer != Ok; i++)
            {
                Thread.Sleep(1);
                answer = KernelLab.AnswerOf(() => device.Enable(0));
            }

            KernelLab.AnswerOf(device.Disable);
            return answer;
        }),
        // The thread that waits is traced all the while; a tenth of what the other one does would be its own waiting.
        new("what a child thread does is not in its parent's area", "less than a tenth", lab =>
        {
            ulong own = CountOf(lab, KernelWork.Many), elsewhere = CountOf(lab, KernelWork.ManyElsewhere);
            return own > 1000 && elsewhere < own / 10 ? "less than a tenth" : Text($"{elsewhere} of {own}");
        }),
    ];

    private static ConformanceCheck[] Remotes =>
    [
        new("REMOTE_ENABLE for a common handle", Ok, lab => Remote(lab, new RemoteTrace(0, Page, Handle, []))),
        new("REMOTE_ENABLE for a handle of USB", Ok, lab => Remote(lab, new RemoteTrace(0, Page, 0, [UsbHandle]))),
        new("REMOTE_ENABLE without a handle", Ok, lab => Remote(lab, new RemoteTrace(0, Page, 0, []))),
        new("REMOTE_ENABLE for compares", Ok, lab => Remote(lab, new RemoteTrace(1, Page, Handle, []))),
        new("REMOTE_ENABLE with mode 2", "EINVAL ModeUnknown", lab => Remote(lab, new RemoteTrace(2, Page, Handle, []))),
        new("REMOTE_ENABLE with a bit between subsystem and instance", "EINVAL HandleRefused", lab => Remote(lab, new RemoteTrace(0, Page, Handle | (1ul << 40), []))),
        new("REMOTE_ENABLE with a common handle among those of subsystems", "EINVAL HandleRefused", lab => Remote(lab, new RemoteTrace(0, Page, 0, [Handle]))),
        new("REMOTE_ENABLE with a handle of USB as the common one", "EINVAL HandleRefused", lab => Remote(lab, new RemoteTrace(0, Page, UsbHandle, []))),
        new("REMOTE_ENABLE with 257 handles", "EINVAL HandleRefused", lab => Remote(lab, new RemoteTrace(0, Page, 0, [.. Enumerable.Range(0, 257).Select(i => UsbHandle + (ulong)i)]))),
        new("REMOTE_ENABLE before INIT_TRACE", "EINVAL NotInitialized", lab => Fresh(lab, device => device.EnableRemote(new RemoteTrace(0, Page, Handle, [])))),
        new("REMOTE_ENABLE on a thread that is traced", "EBUSY TaskIsTraced", lab =>
        {
            using KcovDevice other = lab.Open(Page);
            return Enabled(lab, _ => other.EnableRemote(new RemoteTrace(0, Page, Handle, [])));
        }),
        new("REMOTE_ENABLE with a handle that another device has", "EEXIST HandleTaken", lab =>
        {
            using KcovDevice device = lab.Open(Page), other = lab.Open(Page);
            device.EnableRemote(new RemoteTrace(0, Page, Handle, []));
            string answer = KernelLab.OnOtherThread(() => KernelLab.AnswerOf(() => other.EnableRemote(new RemoteTrace(0, Page, Handle, []))));
            device.Disable();
            return answer;
        }),
        new("REMOTE_ENABLE does not trace the thread that asks", "0 events", lab =>
        {
            using KcovDevice device = lab.Open(Page);
            using KcovArea area = device.Map();
            device.EnableRemote(new RemoteTrace(0, Page, Handle, []));
            lab.Perform(KernelWork.OneRead);
            device.Disable();
            return Text($"{area.Count} events");
        }),
    ];

    private static string Remote(KernelLab lab, RemoteTrace trace) => Ready(lab, device => device.EnableRemote(trace));

    private static ulong CountOf(KernelLab lab, string work)
    {
        ulong count = 0;
        Traced(lab, Room, 0, (device, area) =>
        {
            area.Reset();
            lab.Perform(work);
            device.Disable();
            count = area.Count;
            return Ok;
        });
        return count;
    }
}
