using Edgewise.Kernel.Device;

namespace Edgewise.Tests.Kernel.Conformance;

/// <content>What is in an area.</content>
public static partial class ConformanceChecks
{
    private const ulong KernelText = 0xFFFF_FFFF_8000_0000;
    private const int Repeats = 7, Majority = 4;

    private static ConformanceCheck[] Records =>
    [
        new("an area of 512 words has room for 511 PCs", "511, full", lab => Full(lab, mode: 0, recordWords: 1)),
        new("an area of 512 words has room for 127 compares", "127, full", lab => Full(lab, mode: 1, KcovCompare.Words)),
        new("the area is empty before ENABLE, and its end leaves events in it", "0, then more", lab =>
        {
            using KcovDevice device = lab.Open(Page);
            using KcovArea area = device.Map();
            ulong before = area.Count;
            device.Enable(0);
            ulong after = area.Count;
            device.Disable();
            return before == 0 && after > 0 ? "0, then more" : Text($"{before}, then {after}");
        }),
        new("PCs lie in the kernel's text", "all", lab => Traced(lab, Room, 0, (device, area) =>
        {
            area.Reset();
            lab.Perform(KernelWork.Some);
            device.Disable();
            int outside = 0;
            foreach (ulong pc in area.Pcs)
            {
                outside += pc < KernelText ? 1 : 0;
            }

            return area.Count > 500 && outside == 0 ? "all" : Text($"{outside} of {area.Count} do not");
        })),
        new("compares are of types 0 to 7, and their PCs lie in the kernel's text", "all", lab => Traced(lab, Room, 1, (device, area) =>
        {
            area.Reset();
            lab.Perform(KernelWork.Some);
            device.Disable();
            int wrong = 0;
            foreach (KcovCompare compare in area.Compares)
            {
                bool fits = compare.Size == sizeof(ulong) || (compare.First | compare.Second) >> (8 * compare.Size) == 0;
                wrong += compare.Type > KcovCompare.LastType || compare.Pc < KernelText || !fits ? 1 : 0;
            }

            return area.Count > 300 && wrong == 0 ? "all" : Text($"{wrong} of {area.Count} are not");
        })),
        new("a count of 0 begins anew: the same work has the same set of PCs", "the same", lab => Traced(lab, Page, 0, (device, area) =>
        {
            // An interrupt among the work adds PCs; most runs have none.
            List<string> sets = [];
            for (int i = 0; i < Repeats; i++)
            {
                area.Reset();
                lab.Perform(KernelWork.OneRead);
                sets.Add(string.Join(' ', area.Pcs.ToArray().Distinct().Order()));
            }

            device.Disable();
            int most = sets.GroupBy(set => set).Max(group => group.Count());
            return most >= Majority && sets.TrueForAll(set => set.Length > 0) ? "the same" : Text($"{most} of {Repeats} alike");
        })),
        new("DISABLE keeps the count, and nothing is added behind it", "kept", lab => Traced(lab, Page, 0, (device, area) =>
        {
            area.Reset();
            lab.Perform(KernelWork.OneRead);
            device.Disable();
            ulong count = area.Count;
            lab.Perform(KernelWork.OneRead);
            return count > 0 && area.Count == count ? "kept" : Text($"{count}, then {area.Count}");
        })),
    ];

    private static string Full(KernelLab lab, ulong mode, int recordWords) => Traced(lab, Page, mode, (device, area) =>
    {
        area.Reset();
        lab.Perform(KernelWork.Many);
        device.Disable();
        return Text($"{area.Count}, {(area.IsFull(recordWords) ? "full" : "not full")}");
    });
}
