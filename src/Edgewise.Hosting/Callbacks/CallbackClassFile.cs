using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Hosting.Programs;
using Edgewise.Instrumentation;
using Edgewise.Runtime;

namespace Edgewise.Hosting.Callbacks;

/// <summary>Finds and reads the class that <c>--callbacks PATH-or-NAME!Namespace.Type</c> names.</summary>
public static class CallbackClassFile
{
    private static readonly string RuntimeName = typeof(Registration).Assembly.GetName().Name!;

    /// <summary>Reads the class. The Runtime is found wherever it lies.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="folders">The folders of the inputs, where a file name is looked for first.</param>
    /// <exception cref="HostingException">
    /// The text has another form, the assembly or class is not there, or the class has no callback or one of a wrong signature.
    /// </exception>
    public static CallbackClass Read(string text, IEnumerable<string> folders)
    {
        int mark = text.LastIndexOf('!');
        if (mark <= 0 || mark == text.Length - 1)
        {
            throw new HostingException($"--callbacks {text}: PATH-or-NAME!Namespace.Type was expected, for example MyApp!MyApp.Callbacks");
        }

        string path = Find(text[..mark], [.. folders]);
        byte[] image = ModuleFile.Read(path);
        try
        {
            using var reader = new PEReader(new MemoryStream(image));
            return Read(reader.GetMetadataReader(), path, text[(mark + 1)..]);
        }
        catch (BadImageFormatException e)
        {
            throw new HostingException($"{path}: is a damaged or truncated image: {e.Message}", e);
        }
    }

    private static string Find(string assembly, string[] folders)
    {
        foreach (string folder in (string[])[.. folders, ""])
        {
            foreach (string name in (string[])[assembly, assembly + ".dll"])
            {
                string path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        if (assembly == RuntimeName)
        {
            return typeof(Registration).Assembly.Location;
        }

        throw new HostingException($"--callbacks: there is no {assembly}.dll in {string.Join(", ", folders)}, nor a file {assembly}");
    }

    private static CallbackClass Read(MetadataReader metadata, string path, string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        string @namespace = dot < 0 ? "" : fullName[..dot], name = fullName[(dot + 1)..];
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if (type.IsNested || !metadata.StringComparer.Equals(type.Name, name) || !metadata.StringComparer.Equals(type.Namespace, @namespace))
            {
                continue;
            }

            if ((type.Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public || type.GetGenericParameters().Count != 0)
            {
                throw new HostingException($"{path}: {fullName} must be public and not generic, so that instrumented code may call it");
            }

            CallbackMethods methods = ReadMethods(metadata, type, path, fullName);
            return new CallbackClass(metadata.GetAssemblyDefinition().GetAssemblyName(), @namespace, name, methods, Path.GetFullPath(path));
        }

        throw new HostingException($"{path}: has no class {fullName} (a nested class cannot be named)");
    }

    private static CallbackMethods ReadMethods(MetadataReader metadata, TypeDefinition type, string path, string fullName)
    {
        CallbackMethods found = CallbackMethods.None;
        bool hasEnterMethod = type.GetMethods().Select(metadata.GetMethodDefinition).Any(method => CallbackSignatures.IsEnterMethod(SignatureText.Of(metadata, method)));
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var right = new HashSet<string>(StringComparer.Ordinal);
        foreach (MethodDefinitionHandle handle in type.GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            string name = metadata.GetString(method.Name);
            if (!CallbackSignatures.IsKnown(name))
            {
                continue;
            }

            string signature = SignatureText.Of(metadata, method);
            bool isCallable = (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public
                && method.Attributes.HasFlag(MethodAttributes.Static)
                && method.GetGenericParameters().Count == 0;
            CallbackMethods callback = isCallable ? CallbackSignatures.Find(signature, hasEnterMethod) : CallbackMethods.None;
            found |= callback;
            if (callback != CallbackMethods.None)
            {
                right.Add(name);
            }
            else
            {
                wrong[name] = Declared(method.Attributes, signature);
            }
        }

        // An overload of another signature beside a right one is the user's own affair.
        foreach ((string name, string declared) in wrong)
        {
            if (!right.Contains(name))
            {
                throw new HostingException($"{path}: {fullName} has '{declared}', but the callback is {CallbackSignatures.Expected(name, hasEnterMethod)}");
            }
        }

        return found != CallbackMethods.None
            ? found
            : throw new HostingException($"{path}: {fullName} has none of the callbacks {string.Join(", ", CallbackSignatures.Names)}");
    }

    private static string Declared(MethodAttributes attributes, string signature)
    {
        string access = (attributes & MethodAttributes.MemberAccessMask) switch
        {
            MethodAttributes.Public => "public",
            MethodAttributes.Private => "private",
            MethodAttributes.Assembly => "internal",
            _ => "protected",
        };
        return $"{access} {(attributes.HasFlag(MethodAttributes.Static) ? "static " : "")}{signature}";
    }
}
