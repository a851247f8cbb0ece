using System.Reflection;
using Edgewise.Annotations;
using Edgewise.Fuzzing.Mutation;
using Edgewise.Hosting;

namespace Edgewise.Fuzzing.Execution;

/// <summary>Finds the mutators of a target's own: methods of its class that are marked so.</summary>
internal static class CustomMethods
{
    private delegate int Mutator(Span<byte> room, int length, ulong seed);

    private delegate int Crosser(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> result, ulong seed);

    /// <summary>The mutators of a class.</summary>
    /// <exception cref="HostingException">One has another signature than it should.</exception>
    public static CustomMutations Of(Type type)
    {
        Mutator? mutator = Bind<Mutator>(type, nameof(FuzzMutatorAttribute), "static int Name(Span<byte> room, int length, ulong seed)");
        Crosser? crosser = Bind<Crosser>(type, nameof(FuzzCrossOverAttribute), "static int Name(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> result, ulong seed)");
        return new CustomMutations(mutator is null ? null : Wrap(mutator), crosser is null ? null : Wrap(crosser));
    }

    private static T? Bind<T>(Type type, string attribute, string signature) where T : Delegate
    {
        MethodInfo? method = type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(known => known.GetCustomAttributesData().Any(data => data.AttributeType.Name == attribute));
        if (method is null)
        {
            return null;
        }

        return (T?)Delegate.CreateDelegate(typeof(T), method, throwOnBindFailure: false)
            ?? throw new HostingException($"{type.FullName}.{method.Name}: is marked [{attribute[..^nameof(Attribute).Length]}]; expected {signature}");
    }

    private static CustomMutate Wrap(Mutator mutator) => (ref MutatedInput input, ulong seed) =>
    {
        int length = input.Length;
        input.Resize(input.Limit);
        int changed = mutator(input.Bytes, length, seed);
        bool isGood = changed > 0 && changed <= input.Limit;
        input.Resize(isGood ? changed : length);
        return isGood;
    };

    private static CustomCrossOver Wrap(Crosser crosser) => (ref MutatedInput input, ReadOnlySpan<byte> other, ulong seed) =>
    {
        byte[] result = new byte[input.Limit];
        int length = crosser(input.Bytes, other, result, seed);
        if (length <= 0 || length > input.Limit)
        {
            return false;
        }

        input.Replace(result.AsSpan(0, length));
        return true;
    };
}
